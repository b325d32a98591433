package org.data2vec4j.model.quantizer;

import org.data2vec4j.core.Check;

/**
 * The temperature of a soft choice at each update, a pure function of it: {@code max(end, start·decay^update)} (wav2vec 2.0,
 * arXiv 2006.11477, section 4.2).
 *
 * @param start at update 0, above 0
 * @param end the lowest, above 0 and at most {@code start}
 * @param decay factor from update to update, above 0, at most 1
 */
public record TemperatureConfig(double start, double end, double decay) {
    /** Checks the ranges. */
    public TemperatureConfig {
        Check.positive("start", start);
        Check.positive("end", end);
        Check.setting(end <= start, "end", "is " + end + " but start is " + start + "; allowed: at most that");
        Check.setting(decay > 0 && decay <= 1, "decay", "is " + decay + "; allowed: above 0, at most 1");
    }

    /** The published base settings: from 2 to 0.5. */
    public static TemperatureConfig defaults() {
        return new TemperatureConfig(2, 0.5, 0.999995);
    }

    /** The temperature of a 0-based update. */
    public double at(long update) {
        return Math.max(end, start * StrictMath.pow(decay, (double) update));
    }
}
