package org.data2vec4j.model.method.aqc;

import org.data2vec4j.core.Kind;
import org.data2vec4j.model.quantizer.QuantizerConfig;
import org.data2vec4j.model.quantizer.TemperatureConfig;

/** What the targets of the contrastive task are made of (section 2.2, "quantizer"). */
public sealed interface CodesConfig {
    /** The extracted features as they are: Q switched off. */
    @Kind("none")
    record None() implements CodesConfig {}

    /**
     * Code words.
     *
     * @param groups codebooks
     * @param entries code words of each
     * @param width features of a quantised vector; the groups divide it
     * @param temperature of the soft choice
     */
    @Kind("gumbel")
    record Gumbel(int groups, int entries, int width, TemperatureConfig temperature) implements CodesConfig {
        /** Checks the ranges. */
        public Gumbel {
            new QuantizerConfig(groups, entries, width, temperature);
        }

        /** The published settings. */
        public static Gumbel defaults() {
            return of(QuantizerConfig.defaults());
        }

        /** These settings. */
        public static Gumbel of(QuantizerConfig config) {
            return new Gumbel(config.groups(), config.entries(), config.width(), config.temperature());
        }

        /** The quantiser's settings. */
        QuantizerConfig quantiser() {
            return new QuantizerConfig(groups, entries, width, temperature);
        }
    }
}
