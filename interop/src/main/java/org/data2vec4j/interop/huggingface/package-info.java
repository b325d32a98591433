/** Import and export of Hugging Face folders: {@code config.json} and weights. */
@NullMarked
package org.data2vec4j.interop.huggingface;

import org.jspecify.annotations.NullMarked;
