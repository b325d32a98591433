/** Hugging Face's folders: {@code config.json} and weights, as ours and back. */
@NullMarked
package org.data2vec4j.interop.huggingface;

import org.jspecify.annotations.NullMarked;
