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
 * @param reconstruction weight, at first, of the distance of reconstructed patches, each normalised; 0 for none
 * @param reconstructionUpdates updates over which that weight falls to 0 on a straight line; 0 if it stays
 * @param spread weight of the logarithm of D times the mean squared cosine between the mean features of the batch's clones, per masked
 *     position: 0 where all directions are used alike, log D where all coincide; 0 for none
 */
public record Data2Vec2LossConfig(
        RegressionLoss regression,
        @Nullable Double scale,
        double cls,
        double reconstruction,
        long reconstructionUpdates,
        double spread) {
    /** Checks the ranges. */
    public Data2Vec2LossConfig {
        if (scale != null) {
            Check.positive("scale", scale.doubleValue());
        }
        Check.notNegative("cls", cls);
        Check.notNegative("reconstruction", reconstruction);
        Check.notNegative("reconstruction_updates", reconstructionUpdates);
        Check.notNegative("spread", spread);
    }

    /** A loss whose reconstruction keeps its weight, and that does not ask how features are spread. */
    public Data2Vec2LossConfig(RegressionLoss regression, @Nullable Double scale, double cls, double reconstruction) {
        this(regression, scale, cls, reconstruction, 0, 0);
    }

    /** The weight of reconstruction at an update, counted from 0. */
    public double reconstructionAt(long update) {
        return reconstructionUpdates == 0
                ? reconstruction
                : reconstruction * Math.max(0, 1 - (double) update / reconstructionUpdates);
    }

    /** The published image settings. */
    public static Data2Vec2LossConfig defaults() {
        return new Data2Vec2LossConfig(new RegressionLoss.L2(), null, 0.01, 0);
    }
}
