/**
 * Everything that is measured of a pre-trained encoder, one way for every modality: scores of frozen features beside controls, with
 * many labels and few, layer by layer, over several seeds; and the health of the features. {@link
 * org.data2vec4j.evaluation.suite.EvaluationSuite} runs it all, {@link org.data2vec4j.evaluation.suite.FrozenEvaluation} the short part.
 */
@NullMarked
package org.data2vec4j.evaluation.suite;

import org.jspecify.annotations.NullMarked;
