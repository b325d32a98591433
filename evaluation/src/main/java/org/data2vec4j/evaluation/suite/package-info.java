/**
 * The evaluation of a pre-trained encoder, in one way for every modality: scores of frozen features beside baselines, with many labels
 * and few, layer by layer, over several seeds; and the health of the features. {@link
 * org.data2vec4j.evaluation.suite.EvaluationSuite} computes all of it, {@link org.data2vec4j.evaluation.suite.FrozenEvaluation} the
 * short part.
 */
@NullMarked
package org.data2vec4j.evaluation.suite;

import org.jspecify.annotations.NullMarked;
