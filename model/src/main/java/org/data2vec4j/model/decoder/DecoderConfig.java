package org.data2vec4j.model.decoder;

/** Which decoder predicts the masked places, and its settings. */
public sealed interface DecoderConfig permits ConvDecoderConfig, TransformerDecoderConfig, CrossAttentionDecoderConfig {
    /** Throws a {@link org.data2vec4j.core.SettingException} unless a decoder can be made for tokens of {@code width} features. */
    default void checkFits(int width) {}

    /**
     * A decoder from and to tokens of {@code width} features.
     *
     * @param axes directions in which positions extend: 2 for images, 1 for sequences
     */
    Decoder build(int width, int axes);
}
