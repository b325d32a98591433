package org.data2vec4j.model.method.data2vec2;

import org.data2vec4j.core.Check;
import org.data2vec4j.model.loss.RegressionLoss;
import org.jspecify.annotations.Nullable;

/**
 * The loss of data2vec 2.0.
 *
 * @param regression distance of predictions from targets
 * @param scale factor on every distance; null for 1/√D, as published for images and speech
 * @param cls weight of the CLS token's distance from the mean target, per masked position; 0 for none
 * @param reconstruction weight of the distance of reconstructed patches, each normalised; 0 for none
 */
public record Data2Vec2LossConfig(
        RegressionLoss regression, @Nullable Double scale, double cls, double reconstruction) {
    /** Checks the ranges. */
    public Data2Vec2LossConfig {
        if (scale != null) {
            Check.positive("scale", scale.doubleValue());
        }
        Check.notNegative("cls", cls);
        Check.notNegative("reconstruction", reconstruction);
    }

    /** The published image settings. */
    public static Data2Vec2LossConfig defaults() {
        return new Data2Vec2LossConfig(new RegressionLoss.L2(), null, 0.01, 0);
    }
}
