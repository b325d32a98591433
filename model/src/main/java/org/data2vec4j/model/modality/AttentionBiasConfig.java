package org.data2vec4j.model.modality;

import org.data2vec4j.core.Kind;
import org.jspecify.annotations.Nullable;

/** What is added to attention scores by the distance of positions. */
public sealed interface AttentionBiasConfig permits AttentionBiasConfig.None, AttentionBiasConfig.Alibi {
    /** The module for an encoder of so many heads and blocks, or null for nothing. */
    @Nullable
    PositionBias build(int heads, int blocks);

    /** Nothing. */
    @Kind("none")
    record None() implements AttentionBiasConfig {
        @Override
        public @Nullable PositionBias build(int heads, int blocks) {
            return null;
        }
    }

    /**
     * −slope·|distance|, each head with a slope of its own (ALiBi, Press et al., arXiv 2108.12409), symmetric, times a learned
     * scale kept at 0 or above.
     *
     * @param scale which scales are learned
     * @param initial the scale at the start
     */
    @Kind("alibi")
    record Alibi(Scale scale, double initial) implements AttentionBiasConfig {
        /** Which scales are learned. */
        public enum Scale {
            /** None: it stays as it begins. */
            FIXED,
            /** One for all. */
            SHARED,
            /** One for each head, the same in all blocks; what was published. */
            PER_HEAD,
            /** One for each block. */
            PER_LAYER,
            /** One for each head of each block. */
            PER_LAYER_AND_HEAD
        }

        /** The published audio settings. */
        public static Alibi defaults() {
            return new Alibi(Scale.PER_HEAD, 1);
        }

        @Override
        public PositionBias build(int heads, int blocks) {
            return new AlibiBias(this, heads, blocks);
        }
    }
}
