package org.data2vec4j.model.encoder;

import org.data2vec4j.core.Check;
import org.data2vec4j.core.Kind;
import org.jspecify.annotations.Nullable;

/** What is added to attention scores by the distance of positions. */
public sealed interface AttentionBiasConfig
        permits AttentionBiasConfig.None, AttentionBiasConfig.Alibi, AttentionBiasConfig.Relative {
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

        /** Checks the range. */
        public Alibi {
            Check.notNegative("initial", initial);
        }

        /** The published audio settings. */
        public static Alibi defaults() {
            return new Alibi(Scale.PER_HEAD, 1);
        }

        /** The heads' slopes, before any learned scale. */
        public static float[] slopes(int heads) {
            return AlibiBias.slopes(heads);
        }

        @Override
        public PositionBias build(int heads, int blocks) {
            return new AlibiBias(this, heads, blocks);
        }
    }

    /**
     * A learned number for every distance in rows and columns, head by head, all 0 at first (BEiT, Bao et al., 2021,
     * arXiv 2106.08254); for images.
     *
     * @param reach the farthest distance in rows or columns with numbers of its own, one less than the grid's longer side to tell all
     *     apart; farther ones count as this
     * @param perBlock whether each block has its own numbers
     */
    @Kind("relative")
    record Relative(int reach, boolean perBlock) implements AttentionBiasConfig {
        /** Checks the range. */
        public Relative {
            Check.inRange("reach", reach, 1, 1000);
        }

        /** The published settings, for 14×14 patches: one table for all blocks. */
        public static Relative defaults() {
            return new Relative(13, false);
        }

        @Override
        public PositionBias build(int heads, int blocks) {
            return new RelativeBias(this, heads, blocks);
        }
    }
}
