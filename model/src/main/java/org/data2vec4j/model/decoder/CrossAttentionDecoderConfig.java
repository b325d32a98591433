package org.data2vec4j.model.decoder;

import org.data2vec4j.core.Check;
import org.data2vec4j.core.Kind;
import org.data2vec4j.model.encoder.SinCosPositions;
import org.data2vec4j.model.nn.BlockConfig;

/**
 * An encoder-decoder transformer: masked places, given by their positions, look at the visible tokens by cross-attention and
 * never at each other, so the decoder computes for masked places only.
 *
 * @param width features inside the decoder
 * @param layers blocks
 * @param heads attention heads
 * @param noise deviation of the normal noise that a query begins with
 */
@Kind("cross_attention")
public record CrossAttentionDecoderConfig(int width, int layers, int heads, double noise) implements DecoderConfig {
    /** Checks the ranges. */
    public CrossAttentionDecoderConfig {
        Check.inRange("layers", layers, 1, 100);
        Check.notNegative("noise", noise);
        BlockConfig.of(SinCosPositions.checkWidth("width", Check.positive("width", width)), heads);
    }

    /** Four blocks of MAE's decoder width. */
    public static CrossAttentionDecoderConfig defaults() {
        return new CrossAttentionDecoderConfig(512, 4, 16, 0.01);
    }

    @Override
    public Decoder build(int tokenWidth, int axes) {
        return new CrossAttentionDecoder(this, tokenWidth);
    }
}
