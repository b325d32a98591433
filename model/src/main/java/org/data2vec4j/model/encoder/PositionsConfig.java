package org.data2vec4j.model.encoder;

import org.data2vec4j.core.Check;
import org.data2vec4j.core.Kind;
import org.jspecify.annotations.Nullable;

/** What tells tokens their place after masking; feature encoders whose tokens know it already need nothing. */
public sealed interface PositionsConfig
        permits PositionsConfig.None, PositionsConfig.Conv, PositionsConfig.WeightNormConv {
    /** The module for tokens of a width, or null for nothing. */
    @Nullable
    Positions build(int width);

    /** Throws a {@link org.data2vec4j.core.SettingException} unless they can be made for tokens of {@code width} features. */
    default void checkFits(int width) {}

    /** Nothing is added. */
    @Kind("none")
    record None() implements PositionsConfig {
        @Override
        public @Nullable Positions build(int width) {
            return null;
        }
    }

    /**
     * A stack of convolutions over the tokens, whose output is added to them: relative positions (data2vec, arXiv 2202.03555,
     * section 4.2, after wav2vec 2.0).
     *
     * @param layers convolutions
     * @param kernel width of each in positions
     * @param groups groups of channels that do not mix
     * @param preNorm whether the tokens are normalised first
     */
    @Kind("conv")
    record Conv(int layers, int kernel, int groups, boolean preNorm) implements PositionsConfig {
        /** Checks the ranges. */
        public Conv {
            Check.inRange("layers", layers, 1, 100);
            Check.inRange("kernel", kernel, 1, 9999);
            Check.positive("groups", groups);
        }

        /** The published audio settings: five layers of width 19 in 16 groups. */
        public static Conv defaults() {
            return new Conv(5, 19, 16, false);
        }

        @Override
        public void checkFits(int width) {
            checkGroups(groups, width);
        }

        @Override
        public Positions build(int width) {
            checkFits(width);
            return new ConvPositions(this, width);
        }
    }

    /**
     * One wide convolution over the tokens, with weight normalisation, whose output is added to them (wav2vec 2.0, arXiv
     * 2006.11477, section 2).
     *
     * @param kernel width in positions
     * @param groups groups of channels that do not mix
     */
    @Kind("weight_norm_conv")
    record WeightNormConv(int kernel, int groups) implements PositionsConfig {
        /** Checks the ranges. */
        public WeightNormConv {
            Check.inRange("kernel", kernel, 1, 9999);
            Check.positive("groups", groups);
        }

        /** The published settings: width 128 in 16 groups. */
        public static WeightNormConv defaults() {
            return new WeightNormConv(128, 16);
        }

        @Override
        public void checkFits(int width) {
            checkGroups(groups, width);
        }

        @Override
        public Positions build(int width) {
            checkFits(width);
            return new WeightNormPositions(this, width);
        }
    }

    private static void checkGroups(int groups, int width) {
        Check.setting(
                width % groups == 0,
                "groups",
                "is " + groups + " but model.block.width is " + width + "; groups must divide it");
    }
}
