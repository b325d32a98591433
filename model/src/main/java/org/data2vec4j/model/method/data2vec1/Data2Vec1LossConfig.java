package org.data2vec4j.model.method.data2vec1;

import org.data2vec4j.core.Check;
import org.data2vec4j.model.loss.RegressionLoss;
import org.jspecify.annotations.Nullable;

/**
 * The loss of data2vec 1 (section 3.4).
 *
 * @param regression distance of predictions from targets
 * @param scale factor on every distance; null for 1/√D, as published for speech and texts
 */
public record Data2Vec1LossConfig(
        RegressionLoss regression, @Nullable Double scale) {
    /** Checks the range. */
    public Data2Vec1LossConfig {
        if (scale != null) {
            Check.positive("scale", scale.doubleValue());
        }
    }

    /** The published speech settings: squared error. */
    public static Data2Vec1LossConfig defaults() {
        return new Data2Vec1LossConfig(new RegressionLoss.L2(), null);
    }

    /** Smooth L1, as published for texts (β = 4). */
    public static Data2Vec1LossConfig smooth(double beta) {
        return new Data2Vec1LossConfig(new RegressionLoss.SmoothL1(beta), null);
    }
}
