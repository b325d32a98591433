package org.data2vec4j.interop.fairseq;

import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.mask.Compat;
import org.data2vec4j.model.mask.RandomMask;
import org.data2vec4j.model.mask.TokenReplacementConfig;
import org.data2vec4j.model.method.roberta.RobertaConfig;
import org.data2vec4j.model.nn.BlockConfig;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.text.model.TextConfig;
import tools.jackson.databind.JsonNode;

/**
 * fairseq's RoBERTa settings, as ours. Its dictionary begins with {@code <s>}, {@code <pad>} and {@code </s>}; its norms have the
 * default ε of 1e-5.
 *
 * @param root an object with {@code model} under the reference's own names, {@code vocab}, {@code pad} and {@code mask}
 */
public record FairseqRoberta(JsonNode root) {
    private static final double EPSILON = 1e-5;

    /** The texts. */
    public TextConfig text() {
        JsonNode model = root.path("model");
        return new TextConfig(
                root.path("vocab").asInt(),
                model.path("max_positions").asInt(),
                0,
                root.path("pad").asInt(),
                2,
                EPSILON,
                model.path("dropout").asDouble(),
                false,
                Compat.FAIRSEQ);
    }

    /** The encoder. */
    public EncoderConfig encoder() {
        JsonNode model = root.path("model");
        int width = model.path("encoder_embed_dim").asInt();
        BlockConfig block = new BlockConfig(
                width,
                model.path("encoder_attention_heads").asInt(),
                model.path("encoder_ffn_embed_dim").asDouble() / width,
                model.path("encoder_normalize_before").asBoolean() ? NormPlacement.PRE : NormPlacement.POST,
                EPSILON,
                model.path("dropout").asDouble(),
                model.path("attention_dropout").asDouble(),
                model.path("activation_dropout").asDouble(),
                0);
        return new EncoderConfig(0, model.path("encoder_layers").asInt(), 0, block);
    }

    /** The method; how many tokens are masked is the reference's task's affair, and published. */
    public RobertaConfig method() {
        return new RobertaConfig(
                new RandomMask(0.15),
                new TokenReplacementConfig(root.path("mask").asInt(), 0.8, 0.1));
    }
}
