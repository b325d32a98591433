/** Evaluation of audio encoders: frozen features, and the words or speakers that they distinguish. */
@NullMarked
package org.data2vec4j.audio.eval;

import org.jspecify.annotations.NullMarked;
