package org.data2vec4j.model.encoder;

import org.data2vec4j.core.Check;
import org.data2vec4j.model.nn.BlockConfig;
import org.data2vec4j.model.nn.NormPlacement;

/**
 * The transformer behind a feature encoder.
 *
 * @param prenet blocks that belong to the modality, before the shared ones; never targets
 * @param depth shared blocks
 * @param extraTokens learned tokens put before the others (a CLS token and registers)
 * @param block the blocks
 * @param positions what is added to tokens after masking, so that they know their place
 * @param bias what is added to attention scores by distance
 * @param dropout on the tokens before the first block
 * @param layerDrop probability that a block is skipped in a training step
 * @param pooling how the features of all positions become one vector
 */
public record EncoderConfig(
        int prenet,
        int depth,
        int extraTokens,
        BlockConfig block,
        PositionsConfig positions,
        AttentionBiasConfig bias,
        double dropout,
        double layerDrop,
        OutputPooling pooling) {
    /** Checks the ranges. */
    public EncoderConfig {
        Check.inRange("prenet", prenet, 0, 1000);
        Check.inRange("depth", depth, 1, 1000);
        Check.inRange("extra_tokens", extraTokens, 0, 1000);
        Check.inRange("dropout", dropout, 0, 0.99);
        Check.inRange("layer_drop", layerDrop, 0, 0.99);
        Check.within("positions", () -> positions.checkFits(block.width()));
        Check.setting(
                pooling != OutputPooling.CLS || extraTokens > 0,
                "pooling",
                "is cls but extra_tokens is 0; allowed without an extra token: mean");
        boolean post = block.norm() == NormPlacement.POST;
        Check.setting(
                !post || (pooling != OutputPooling.NORMED_MEAN && pooling != OutputPooling.PLAIN_MEAN),
                "pooling",
                "is normed_mean or plain_mean but block.norm is post, whose blocks end with a norm; allowed: mean, cls");
    }

    /** An encoder whose vectors are the mean of its features. */
    public EncoderConfig(
            int prenet,
            int depth,
            int extraTokens,
            BlockConfig block,
            PositionsConfig positions,
            AttentionBiasConfig bias,
            double dropout,
            double layerDrop) {
        this(prenet, depth, extraTokens, block, positions, bias, dropout, layerDrop, OutputPooling.MEAN);
    }

    /** An encoder whose feature encoder's tokens know their place, with nothing dropped outside the blocks. */
    public EncoderConfig(int prenet, int depth, int extraTokens, BlockConfig block) {
        this(prenet, depth, extraTokens, block, new PositionsConfig.None(), new AttentionBiasConfig.None(), 0, 0);
    }

    /** What a recipe that leaves settings out gets: ViT-B as published for images. */
    public static EncoderConfig defaults() {
        return new EncoderConfig(2, 10, 1, BlockConfig.defaults());
    }

    /** The same with blocks of other settings. */
    public EncoderConfig withBlock(BlockConfig other) {
        return new EncoderConfig(prenet, depth, extraTokens, other, positions, bias, dropout, layerDrop, pooling);
    }

    /** Features of a token. */
    public int width() {
        return block.width();
    }
}
