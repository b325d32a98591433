/**
 * Connectionist temporal classification (Graves et al., "Connectionist temporal classification", ICML 2006) in plain Java: letters
 * and blanks, decoding with and without lexicon and language model, alignment, and the loss as an oracle. Emissions are natural
 * log-probabilities {@code float[T][V]}: T frames, V symbols.
 */
@NullMarked
package org.data2vec4j.audio.ctc;

import org.jspecify.annotations.NullMarked;
