package org.data2vec4j.model.method.data2vec1;

import org.data2vec4j.core.Check;
import org.data2vec4j.model.nn.Projection;
import org.jspecify.annotations.Nullable;

/**
 * What makes predictions of the student's features.
 *
 * @param layers linear layers, with GELUs between; 0: the features are the predictions
 * @param ratio how many times as wide as the features the hidden layers are
 */
public record RegressionHeadConfig(int layers, double ratio) {
    /** Checks the ranges. */
    public RegressionHeadConfig {
        Check.inRange("layers", layers, 0, 100);
        Check.inRange("ratio", ratio, 0.01, 100);
    }

    /** One linear layer, as published for images and speech; published for texts: 2. */
    public static RegressionHeadConfig defaults() {
        return new RegressionHeadConfig(1, 2);
    }

    /** So many layers of the published width. */
    static RegressionHeadConfig of(int layers) {
        return new RegressionHeadConfig(layers, 2);
    }

    /** The module over features of a width, or null for none. */
    @Nullable
    public Projection build(int width) {
        return layers == 0 ? null : new Projection(width, width, layers, ratio);
    }
}
