/**
 * What frozen features are worth: k-NN and linear probes on labelled images, beside the controls (the same encoder at random
 * initialisation, raw pixels, chance) without which such a number says little. {@link org.data2vec4j.eval.ImageEvaluation} runs
 * it all; the parts work alone.
 */
@NullMarked
package org.data2vec4j.eval;

import org.jspecify.annotations.NullMarked;
