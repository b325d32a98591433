/** The data2vec4j library: load a trained encoder, embed, pre-train, fine-tune, evaluate, import and export. */
@NullMarked
package org.data2vec4j;

import org.jspecify.annotations.NullMarked;
