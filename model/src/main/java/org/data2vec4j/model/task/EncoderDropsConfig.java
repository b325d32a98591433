package org.data2vec4j.model.task;

import org.data2vec4j.core.Check;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.nn.BlockConfig;

/**
 * What an encoder drops while a task is learned, instead of what it dropped in pre-training.
 *
 * @param dropout on tokens before the first block and on branches
 * @param attentionDropout on attention weights
 * @param activationDropout after the feed-forward activation
 * @param layerDrop probability that a block is skipped in a training step
 */
public record EncoderDropsConfig(double dropout, double attentionDropout, double activationDropout, double layerDrop) {
    /** Checks the ranges. */
    public EncoderDropsConfig {
        Check.inRange("dropout", dropout, 0, 0.99);
        Check.inRange("attention_dropout", attentionDropout, 0, 0.99);
        Check.inRange("activation_dropout", activationDropout, 0, 0.99);
        Check.inRange("layer_drop", layerDrop, 0, 0.99);
    }

    /** wav2vec 2.0's for recognition: only the activations, 0.1, and a layer in ten. */
    public static EncoderDropsConfig defaults() {
        return new EncoderDropsConfig(0, 0, 0.1, 0.1);
    }

    /** An encoder with these instead of its own. */
    public EncoderConfig in(EncoderConfig encoder) {
        BlockConfig block = encoder.block();
        return new EncoderConfig(
                encoder.prenet(),
                encoder.depth(),
                encoder.extraTokens(),
                new BlockConfig(
                        block.width(),
                        block.heads(),
                        block.mlpRatio(),
                        block.norm(),
                        block.normEpsilon(),
                        dropout,
                        attentionDropout,
                        activationDropout,
                        block.dropPath(),
                        block.layerScale()),
                encoder.positions(),
                encoder.bias(),
                dropout,
                layerDrop,
                encoder.pooling());
    }
}
