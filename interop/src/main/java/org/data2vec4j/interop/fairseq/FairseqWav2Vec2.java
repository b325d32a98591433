package org.data2vec4j.interop.fairseq;

import org.data2vec4j.audio.model.AudioConfig;
import org.data2vec4j.model.contrast.ContrastConfig;
import org.data2vec4j.model.encoder.AttentionBiasConfig;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.PositionsConfig;
import org.data2vec4j.model.mask.BlockEdges;
import org.data2vec4j.model.mask.BlockMask;
import org.data2vec4j.model.mask.Compat;
import org.data2vec4j.model.mask.MaskStrategy;
import org.data2vec4j.model.method.wav2vec2.PenaltyConfig;
import org.data2vec4j.model.method.wav2vec2.Wav2Vec2Config;
import org.data2vec4j.model.nn.BlockConfig;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.model.quantizer.QuantizerConfig;
import org.data2vec4j.model.quantizer.TemperatureConfig;
import tools.jackson.databind.JsonNode;

/**
 * fairseq's wav2vec 2.0 settings, as ours; the models made from its code have the same for recordings and encoder. Its norms have
 * the default ε of 1e-5.
 *
 * @param root an object with {@code model} under the reference's own names, and perhaps {@code loss_weights}
 */
public record FairseqWav2Vec2(JsonNode root) {
    private static final double EPSILON = 1e-5;
    /** The reference's mask is a law of its own; recorded masks are given, and this one hides as much. */
    private static final double OVERLAPPED = 0.75;

    private JsonNode model() {
        return root.path("model");
    }

    /** The recordings. */
    public AudioConfig audio() {
        JsonNode model = model();
        return new AudioConfig(
                16_000,
                ConvSpec.parse(model.path("conv_feature_layers").asString("")),
                model.path("extractor_mode").asString("").equals("layer_norm")
                        ? AudioConfig.ExtractorNorm.LAYER
                        : AudioConfig.ExtractorNorm.GROUP,
                model.path("conv_bias").asBoolean(),
                0,
                model.path("feature_grad_mult").asDouble(1),
                Compat.FAIRSEQ_WAV2VEC);
    }

    /** The encoder. */
    public EncoderConfig encoder() {
        JsonNode model = model();
        int width = model.path("encoder_embed_dim").asInt();
        BlockConfig block = new BlockConfig(
                width,
                model.path("encoder_attention_heads").asInt(),
                model.path("encoder_ffn_embed_dim").asDouble() / width,
                model.path("layer_norm_first").asBoolean() ? NormPlacement.PRE : NormPlacement.POST,
                EPSILON,
                model.path("dropout").asDouble(),
                model.path("attention_dropout").asDouble(),
                model.path("activation_dropout").asDouble(),
                0);
        return new EncoderConfig(
                0,
                model.path("encoder_layers").asInt(),
                0,
                block,
                positions(),
                new AttentionBiasConfig.None(),
                model.path("dropout").asDouble(),
                model.path("encoder_layerdrop").asDouble());
    }

    private PositionsConfig positions() {
        int layers = model().path("pos_conv_depth").asInt(1);
        int kernel = model().path("conv_pos").asInt();
        int groups = model().path("conv_pos_groups").asInt();
        return layers == 1
                ? new PositionsConfig.WeightNormConv(kernel, groups)
                : new PositionsConfig.Conv(layers, Math.max(3, kernel / layers), groups, false);
    }

    /** The method. */
    public Wav2Vec2Config method() {
        JsonNode weights = root.path("loss_weights");
        return new Wav2Vec2Config(
                mask(),
                quantiser(),
                contrast(model().path("final_dim").asInt()),
                new PenaltyConfig(weights.path(0).asDouble(0.1), weights.path(1).asDouble(10)),
                model().path("dropout_features").asDouble());
    }

    /** A mask like the reference's. */
    public MaskStrategy mask() {
        double share = model().path("mask_prob").asDouble();
        double ratio = share * OVERLAPPED;
        return new BlockMask(ratio, model().path("mask_length").asInt(), share - ratio, BlockEdges.UNBIASED);
    }

    /** The quantiser of extracted features. */
    public QuantizerConfig quantiser() {
        JsonNode model = model();
        JsonNode temperature = model.path("latent_temp");
        int width = model.path("latent_dim").asInt();
        return new QuantizerConfig(
                model.path("latent_groups").asInt(),
                model.path("latent_vars").asInt(),
                width > 0
                        ? width
                        : model.path("final_proj_dim")
                                .asInt(model.path("final_dim").asInt()),
                new TemperatureConfig(
                        temperature.path(0).asDouble(2),
                        temperature.path(1).asDouble(0.5),
                        temperature.path(2).asDouble(0.999995)));
    }

    /** The contrastive task over so many features. */
    public ContrastConfig contrast(int width) {
        return new ContrastConfig(
                model().path("num_negatives").asInt(),
                model().path("logit_temp").asDouble(),
                width);
    }
}
