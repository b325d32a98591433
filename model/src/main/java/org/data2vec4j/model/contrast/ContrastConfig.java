package org.data2vec4j.model.contrast;

import org.data2vec4j.core.Check;

/**
 * The contrastive task (wav2vec 2.0, arXiv 2006.11477, section 3.2).
 *
 * @param negatives targets of other masked positions of the same recording, for each position (K)
 * @param temperature what cosines are divided by
 * @param width features in which context and targets are compared
 */
public record ContrastConfig(int negatives, double temperature, int width) {
    /** Checks the ranges. */
    public ContrastConfig {
        Check.inRange("negatives", negatives, 1, 100_000);
        Check.positive("temperature", temperature);
        Check.positive("width", width);
    }

    /** The published base settings. */
    public static ContrastConfig defaults() {
        return new ContrastConfig(100, 0.1, 256);
    }
}
