package org.data2vec4j.model.nn;

import org.data2vec4j.core.Check;
import org.data2vec4j.core.SettingException;

/**
 * A transformer block.
 *
 * @param width features of a token (D)
 * @param heads attention heads (H); they divide the width
 * @param mlpRatio hidden features of the feed-forward layer over width
 * @param norm where the norms stand
 * @param normEpsilon added to variances
 * @param dropout after the attention branch and after the feed-forward branch
 * @param attentionDropout on attention weights
 * @param activationDropout after the feed-forward activation
 * @param dropPath probability that a sample skips a branch, at the last block; it grows linearly from 0 at the first
 * @param layerScale what each branch's features are multiplied by at first; the factors are learned (Touvron et al., 2021,
 *     "Going deeper with image transformers", section 2); 0 for no factors
 */
public record BlockConfig(
        int width,
        int heads,
        double mlpRatio,
        NormPlacement norm,
        double normEpsilon,
        double dropout,
        double attentionDropout,
        double activationDropout,
        double dropPath,
        double layerScale) {
    /** Checks the ranges. */
    public BlockConfig {
        Check.positive("width", width);
        Check.positive("heads", heads);
        if (width % heads != 0) {
            throw new SettingException("heads", "is " + heads + " but width is " + width + "; heads must divide width");
        }
        Check.positive("mlp_ratio", mlpRatio);
        Check.positive("norm_epsilon", normEpsilon);
        Check.inRange("dropout", dropout, 0, 0.99);
        Check.inRange("attention_dropout", attentionDropout, 0, 0.99);
        Check.inRange("activation_dropout", activationDropout, 0, 0.99);
        Check.inRange("drop_path", dropPath, 0, 0.99);
        Check.inRange("layer_scale", layerScale, 0, 1000);
    }

    /** Blocks without layer scale. */
    public BlockConfig(
            int width,
            int heads,
            double mlpRatio,
            NormPlacement norm,
            double normEpsilon,
            double dropout,
            double attentionDropout,
            double activationDropout,
            double dropPath) {
        this(width, heads, mlpRatio, norm, normEpsilon, dropout, attentionDropout, activationDropout, dropPath, 0);
    }

    /** The published image settings at a width: post-norm, ratio 4, ε 1e-6, nothing dropped. */
    public static BlockConfig of(int width, int heads) {
        return new BlockConfig(width, heads, 4, NormPlacement.POST, 1e-6, 0, 0, 0, 0);
    }

    /** The same with another dropout on branches and attention weights. */
    public BlockConfig withDropout(double other) {
        return new BlockConfig(
                width, heads, mlpRatio, norm, normEpsilon, other, other, activationDropout, dropPath, layerScale);
    }

    /** The same with another probability of skipped branches. */
    public BlockConfig withDropPath(double other) {
        return new BlockConfig(
                width,
                heads,
                mlpRatio,
                norm,
                normEpsilon,
                dropout,
                attentionDropout,
                activationDropout,
                other,
                layerScale);
    }

    /** What a recipe that names only width and heads gets. */
    public static BlockConfig defaults() {
        return of(768, 12);
    }
}
