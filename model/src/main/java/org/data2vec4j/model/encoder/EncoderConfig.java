package org.data2vec4j.model.encoder;

import org.data2vec4j.core.Check;
import org.data2vec4j.model.nn.BlockConfig;

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
 */
public record EncoderConfig(
        int prenet,
        int depth,
        int extraTokens,
        BlockConfig block,
        PositionsConfig positions,
        AttentionBiasConfig bias,
        double dropout,
        double layerDrop) {
    /** Checks the ranges. */
    public EncoderConfig {
        Check.inRange("prenet", prenet, 0, 1000);
        Check.inRange("depth", depth, 1, 1000);
        Check.inRange("extra_tokens", extraTokens, 0, 1000);
        Check.inRange("dropout", dropout, 0, 0.99);
        Check.inRange("layer_drop", layerDrop, 0, 0.99);
        Check.within("positions", () -> positions.checkFits(block.width()));
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
        return new EncoderConfig(prenet, depth, extraTokens, other, positions, bias, dropout, layerDrop);
    }

    /** Features of a token. */
    public int width() {
        return block.width();
    }
}
