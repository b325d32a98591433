package org.data2vec4j.model.method;

import org.data2vec4j.tensor.Tensor;

/**
 * One term of a loss: a sum over elements, to be divided by the step's count.
 *
 * @param name the term, such as {@code regression} or {@code cls}
 * @param sum a scalar, part of the recorded graph
 * @param weighed whether the sum has been multiplied by the count, so that dividing by it leaves a sum over samples; a batch that is
 *     shared by several processes is then weighed by the count of all its shares
 */
public record LossTerm(String name, Tensor sum, boolean weighed) {
    /** A term that is not weighed. */
    public LossTerm(String name, Tensor sum) {
        this(name, sum, false);
    }
}
