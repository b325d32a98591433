/**
 * N-gram language models: read from ARPA files, trained from sentences, asked word by word through states. Probabilities are
 * natural logarithms everywhere except inside ARPA files, which hold logarithms to base ten.
 */
@NullMarked
package org.data2vec4j.audio.lm;

import org.jspecify.annotations.NullMarked;
