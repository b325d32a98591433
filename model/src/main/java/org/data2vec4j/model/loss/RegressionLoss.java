package org.data2vec4j.model.loss;

import org.data2vec4j.core.Check;
import org.data2vec4j.core.Kind;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** How far a prediction is from its target, element by element. */
public sealed interface RegressionLoss {
    /** Element-wise distance of two tensors of one shape. */
    Tensor elements(Tensor prediction, Tensor target);

    /**
     * The sum of all elements' distances, times a scale.
     *
     * @param scale the factor; null for 1/√D, where D is the last dimension
     */
    default Tensor total(Tensor prediction, Tensor target, @Nullable Double scale) {
        double factor = scale == null ? 1 / Math.sqrt((double) prediction.size(-1)) : scale;
        return elements(prediction, target).sum().mul(factor);
    }

    /** Squared error. */
    @Kind("l2")
    record L2() implements RegressionLoss {
        @Override
        public Tensor elements(Tensor prediction, Tensor target) {
            return F.squaredError(prediction, target);
        }
    }

    /**
     * Smooth L1: quadratic below β, linear above.
     *
     * @param beta where it turns linear
     */
    @Kind("smooth_l1")
    record SmoothL1(double beta) implements RegressionLoss {
        /** Checks the range. */
        public SmoothL1 {
            Check.positive("beta", beta);
        }

        @Override
        public Tensor elements(Tensor prediction, Tensor target) {
            return F.smoothL1(prediction, target, beta);
        }
    }
}
