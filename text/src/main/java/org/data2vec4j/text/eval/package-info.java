/** Evaluation of text encoders: features of sentences, predictions of masked tokens. */
@NullMarked
package org.data2vec4j.text.eval;

import org.jspecify.annotations.NullMarked;
