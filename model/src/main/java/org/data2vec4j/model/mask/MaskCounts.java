package org.data2vec4j.model.mask;

import org.data2vec4j.core.Check;

/** The arithmetic of ratios and counts that the masking laws share. */
final class MaskCounts {
    private static final double SLACK = 1e-9;

    private MaskCounts() {}

    /** {@code value} truncated, but a whole number missed by rounding counts as reached. */
    static int truncate(double value) {
        return (int) (value + SLACK);
    }

    /** {@code wanted} masked positions moved into 1 to T−1; 0 where T = 1. */
    static int maskedOf(int positions, int wanted) {
        return positions == 1 ? 0 : Math.max(1, Math.min(positions - 1, wanted));
    }

    static void checkRatio(double ratio) {
        Check.setting(ratio > 0 && ratio < 1, "ratio", "is " + ratio + "; allowed: above 0 and below 1");
    }
}
