package org.data2vec4j.model.quantizer;

import org.data2vec4j.core.Check;
import org.data2vec4j.core.SettingException;

/**
 * A product quantiser: each of {@code groups} codebooks gives one of its {@code entries}, and the chosen ones stand side by side.
 *
 * @param groups codebooks (G)
 * @param entries code words of each (V)
 * @param width features of a quantised vector; the groups divide it
 * @param temperature of the soft choice
 */
public record QuantizerConfig(int groups, int entries, int width, TemperatureConfig temperature) {
    /** Checks the ranges. */
    public QuantizerConfig {
        Check.positive("groups", groups);
        Check.inRange("entries", entries, 2, 1 << 20);
        Check.positive("width", width);
        if (width % groups != 0) {
            throw new SettingException(
                    "groups", "is " + groups + " but width is " + width + "; groups must divide width");
        }
    }

    /** The published base settings: two codebooks of 320 entries, 256 features. */
    public static QuantizerConfig defaults() {
        return new QuantizerConfig(2, 320, 256, TemperatureConfig.defaults());
    }

    /** Code words of all codebooks. */
    public int codes() {
        return groups * entries;
    }
}
