package org.data2vec4j.model.decoder;

import org.data2vec4j.core.Check;
import org.data2vec4j.core.Kind;
import org.data2vec4j.model.encoder.SinCosPositions;
import org.data2vec4j.model.nn.BlockConfig;

/**
 * A transformer over all positions, visible and masked, as in MAE: an alternative to the convolutions.
 *
 * @param width features inside the decoder
 * @param layers blocks
 * @param heads attention heads
 * @param noise deviation of the normal noise at masked places
 */
@Kind("transformer")
public record TransformerDecoderConfig(int width, int layers, int heads, double noise) implements DecoderConfig {
    /** Checks the ranges. */
    public TransformerDecoderConfig {
        Check.inRange("layers", layers, 1, 100);
        Check.notNegative("noise", noise);
        BlockConfig.of(SinCosPositions.checkWidth("width", Check.positive("width", width)), heads);
    }

    /** Four blocks of MAE's decoder width. */
    public static TransformerDecoderConfig defaults() {
        return new TransformerDecoderConfig(512, 4, 16, 0.01);
    }

    @Override
    public Decoder build(int tokenWidth, int axes) {
        return new TransformerDecoder(this, tokenWidth);
    }
}
