package org.data2vec4j.model.method;

import org.data2vec4j.tensor.Tensor;

/**
 * One term of a loss: a sum over elements, to be divided by the count of the whole update ({@link StepContext#normalizer}). A term
 * that is an average already, or a sum over samples, is multiplied by {@link StepContext#batchCount} to keep its weight.
 *
 * @param name the term, such as {@code regression} or {@code cls}
 * @param sum a scalar, part of the recorded graph
 */
public record LossTerm(String name, Tensor sum) {}
