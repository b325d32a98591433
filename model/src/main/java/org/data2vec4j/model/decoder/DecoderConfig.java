package org.data2vec4j.model.decoder;

/** Which decoder predicts the masked places, and its settings. */
public sealed interface DecoderConfig permits ConvDecoderConfig, TransformerDecoderConfig, CrossAttentionDecoderConfig {
    /** A decoder from and to tokens of {@code width} features. */
    Decoder build(int width);
}
