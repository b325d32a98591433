package org.data2vec4j.model.method.wav2vec2;

import org.data2vec4j.core.Check;

/**
 * What is added to the contrastive loss, per masked position.
 *
 * @param diversity weight of the share of code words that the mean probabilities leave unused; 0 for none
 * @param features weight of the mean square of the extracted features; 0 for none
 */
public record PenaltyConfig(double diversity, double features) {
    /** Checks the ranges. */
    public PenaltyConfig {
        Check.notNegative("diversity", diversity);
        Check.notNegative("features", features);
    }

    /** The published settings. */
    public static PenaltyConfig defaults() {
        return new PenaltyConfig(0.1, 10);
    }
}
