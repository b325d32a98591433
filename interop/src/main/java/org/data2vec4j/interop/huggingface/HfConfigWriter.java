package org.data2vec4j.interop.huggingface;

import java.util.List;
import org.data2vec4j.audio.AudioModality;
import org.data2vec4j.audio.model.AudioConfig;
import org.data2vec4j.audio.model.ConvLayer;
import org.data2vec4j.core.UserException;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.image.model.ImagePositions;
import org.data2vec4j.model.encoder.AttentionBiasConfig;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.PositionsConfig;
import org.data2vec4j.model.method.data2vec1.CorruptionConfig;
import org.data2vec4j.model.method.data2vec1.Data2Vec1Config;
import org.data2vec4j.model.nn.BlockConfig;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.text.TextModality;
import org.data2vec4j.text.model.TextPositions;
import org.data2vec4j.train.data.Modality;
import org.data2vec4j.train.run.PretrainConfig;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A recipe's encoder as {@code config.json}; a setting that has no counterpart there is an error that names it. */
final class HfConfigWriter {
    private static final double EPSILON = 1e-5;

    private final PretrainConfig run;
    private final EncoderConfig encoder;
    private final BlockConfig block;

    HfConfigWriter(PretrainConfig run) {
        this.run = run;
        this.encoder = run.model();
        this.block = encoder.block();
    }

    /** The settings. */
    ObjectNode config() {
        fits("model.prenet", encoder.prenet() == 0, encoder.prenet(), "0");
        Modality modality = run.modality();
        if (modality instanceof ImageModality image) {
            return vision(image);
        }
        if (modality instanceof AudioModality audio) {
            return audio(audio.featureEncoder());
        }
        if (modality instanceof TextModality text) {
            return text(text);
        }
        throw new UserException("a model of " + modality.samples() + " has no counterpart in Hugging Face's form");
    }

    /** How inputs are prepared, for {@code preprocessor_config.json}; nothing for texts. */
    ObjectNode preprocessing() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        if (run.modality() instanceof ImageModality image) {
            node.put("image_processor_type", "BeitImageProcessor");
            node.put("do_resize", true).put("do_center_crop", false);
            node.putObject("size")
                    .put("height", image.size().height())
                    .put("width", image.size().width());
            node.put("do_rescale", true).put("rescale_factor", 1.0 / 255).put("do_normalize", true);
            numbers(node.putArray("image_mean"), image.normalization().mean());
            numbers(node.putArray("image_std"), image.normalization().std());
        } else if (run.modality() instanceof AudioModality audio) {
            node.put("feature_extractor_type", "Wav2Vec2FeatureExtractor").put("feature_size", 1);
            node.put("sampling_rate", audio.featureEncoder().sampleRate()).put("padding_value", 0.0);
            node.put("do_normalize", audio.normalize()).put("return_attention_mask", true);
        }
        return node;
    }

    private static void numbers(ArrayNode array, List<Double> values) {
        values.forEach(value -> array.add(value.doubleValue()));
    }

    private static void fits(String setting, boolean holds, Object value, String allowed) {
        if (!holds) {
            throw new UserException(setting + " is " + value + "; Hugging Face's form has models with " + allowed
                    + " only, so this run cannot be written in it");
        }
    }

    private static ObjectNode begun(String type, String architecture) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.putArray("architectures").add(architecture);
        return node.put("model_type", type).put("dtype", "float32");
    }

    private ObjectNode sized(ObjectNode node) {
        return node.put("hidden_size", block.width())
                .put("num_hidden_layers", encoder.depth())
                .put("num_attention_heads", block.heads())
                .put("intermediate_size", (int) Math.round(block.width() * block.mlpRatio()))
                .put("hidden_act", "gelu")
                .put("layer_norm_eps", block.normEpsilon());
    }

    private ObjectNode vision(ImageModality image) {
        fits("model.extra_tokens", encoder.extraTokens() == 1, encoder.extraTokens(), "1");
        fits("model.block.norm", block.norm() == NormPlacement.PRE, block.norm(), "pre");
        fits("image.positions", image.positions() == ImagePositions.NONE, image.positions(), "none");
        noPositions();
        fits("image.size", image.size().isSquare(), image.size(), "square images");
        int reach = image.image().grid().width() - 1;
        if (!(encoder.bias() instanceof AttentionBiasConfig.Relative bias) || bias.reach() != reach) {
            throw new UserException("model.bias is " + encoder.bias()
                    + "; Hugging Face's form has images with a relative bias of reach " + reach
                    + " (of this size) only");
        }
        boolean hides =
                run.method() instanceof Data2Vec1Config method && method.corruption() instanceof CorruptionConfig.Embedding;
        return sized(begun("data2vec-vision", "Data2VecVisionModel"))
                .put("image_size", image.size().width())
                .put("patch_size", image.patch())
                .put("num_channels", 3)
                .put("use_mask_token", hides)
                .put("use_absolute_position_embeddings", false)
                .put("use_relative_position_bias", bias.perBlock())
                .put("use_shared_relative_position_bias", !bias.perBlock())
                .put("layer_scale_init_value", block.layerScale())
                .put("use_mean_pooling", false)
                .put("hidden_dropout_prob", block.dropout())
                .put("attention_probs_dropout_prob", block.attentionDropout())
                .put("drop_path_rate", block.dropPath());
    }

    private void noPositions() {
        fits("model.positions", encoder.positions() instanceof PositionsConfig.None, encoder.positions(), "none there");
    }

    private ObjectNode audio(AudioConfig front) {
        fits("model.extra_tokens", encoder.extraTokens() == 0, encoder.extraTokens(), "0");
        fits("model.bias", encoder.bias() instanceof AttentionBiasConfig.None, encoder.bias(), "none");
        fits("model.block.norm_epsilon", block.normEpsilon() == EPSILON, block.normEpsilon(), "1e-5");
        boolean layerNorms = front.norm() == AudioConfig.ExtractorNorm.LAYER;
        ObjectNode node;
        if (encoder.positions() instanceof PositionsConfig.Conv stack) {
            fits("model.positions.pre_norm", !stack.preNorm(), true, "false");
            fits("model.block.norm", block.norm() == NormPlacement.POST, block.norm(), "post");
            fits("audio.feature_encoder.norm", layerNorms, front.norm(), "layer");
            node = sized(begun("data2vec-audio", "Data2VecAudioModel"))
                    .put("num_conv_pos_embeddings", stack.layers())
                    .put("conv_pos_kernel_size", stack.kernel())
                    .put("num_conv_pos_embedding_groups", stack.groups());
        } else if (encoder.positions() instanceof PositionsConfig.WeightNormConv wide) {
            fits("model.block.norm", block.norm() != NormPlacement.PRE_FAIRSEQ, block.norm(), "pre or post");
            node = sized(begun("wav2vec2", "Wav2Vec2Model"))
                    .put("num_conv_pos_embeddings", wide.kernel())
                    .put("num_conv_pos_embedding_groups", wide.groups())
                    .put("do_stable_layer_norm", block.norm() == NormPlacement.PRE)
                    .put("feat_extract_norm", layerNorms ? "layer" : "group");
        } else {
            throw new UserException("model.positions is none; Hugging Face's form has recordings with conv or"
                    + " weight_norm_conv only, so this run cannot be written in it");
        }
        extractor(node, front);
        return node.put("feat_extract_activation", "gelu")
                .put("mask_time_prob", 0.05) // above 0: the model has a vector for masked places
                .put("hidden_dropout", block.dropout())
                .put("attention_dropout", block.attentionDropout())
                .put("activation_dropout", block.activationDropout())
                .put("layerdrop", encoder.layerDrop());
    }

    private static void extractor(ObjectNode node, AudioConfig front) {
        ArrayNode widths = node.putArray("conv_dim");
        ArrayNode kernels = node.putArray("conv_kernel");
        ArrayNode strides = node.putArray("conv_stride");
        for (ConvLayer layer : front.extractor()) {
            widths.add(layer.channels());
            kernels.add(layer.kernel());
            strides.add(layer.stride());
        }
        node.put("num_feat_extract_layers", front.extractor().size()).put("conv_bias", front.bias());
    }

    private ObjectNode text(TextModality text) {
        fits("model.extra_tokens", encoder.extraTokens() == 0, encoder.extraTokens(), "0");
        fits("model.block.norm", block.norm() == NormPlacement.POST, block.norm(), "post");
        fits("model.bias", encoder.bias() instanceof AttentionBiasConfig.None, encoder.bias(), "none");
        noPositions();
        fits("text.positions", text.positions() == TextPositions.LEARNED, text.positions(), "learned");
        fits(
                "text.norm_epsilon",
                text.normEpsilon() == block.normEpsilon(),
                text.normEpsilon(),
                "model.block.norm_epsilon, " + block.normEpsilon() + ",");
        ObjectNode node = sized(begun("data2vec-text", "Data2VecTextModel"))
                .put("vocab_size", text.vocabulary())
                .put("max_position_embeddings", text.length() + 2) // places count from one past <pad>
                .put("type_vocab_size", 1)
                .put("bos_token_id", 0)
                .put("pad_token_id", 1)
                .put("eos_token_id", 2)
                .put("hidden_dropout_prob", block.dropout())
                .put("attention_probs_dropout_prob", block.attentionDropout());
        if (run.method() instanceof Data2Vec1Config method
                && method.corruption() instanceof CorruptionConfig.Tokens tokens) {
            node.put("mask_token_id", tokens.replacement().token());
        }
        return node;
    }
}
