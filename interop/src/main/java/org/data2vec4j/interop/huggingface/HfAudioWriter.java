package org.data2vec4j.interop.huggingface;

import java.util.List;
import java.util.Set;
import org.data2vec4j.audio.AudioModality;
import org.data2vec4j.audio.model.AudioConfig;
import org.data2vec4j.audio.model.ConvLayer;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.encoder.AttentionBiasConfig;
import org.data2vec4j.model.encoder.PositionsConfig;
import org.data2vec4j.model.method.wav2vec2.Wav2Vec2Config;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.train.run.PretrainConfig;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Models of recordings as {@code data2vec-audio} or {@code wav2vec2}, by their positions. */
final class HfAudioWriter extends HfConfigWriter {
    private static final double EPSILON = 1e-5;

    private final AudioModality audio;

    HfAudioWriter(PretrainConfig run) {
        super(run);
        this.audio = (AudioModality) run.modality();
    }

    @Override
    ObjectNode settings() {
        AudioConfig front = audio.featureEncoder();
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
        if (run.method() instanceof Wav2Vec2Config method) {
            node.put("num_codevector_groups", method.quantizer().groups())
                    .put("num_codevectors_per_group", method.quantizer().entries())
                    .put("codevector_dim", method.quantizer().width())
                    .put("proj_codevector_dim", method.contrast().width())
                    .put("num_negatives", method.contrast().negatives())
                    .put("contrastive_logits_temperature", method.contrast().temperature());
        }
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

    @Override
    ObjectNode preprocessing() {
        ObjectNode node = super.preprocessing();
        node.put("feature_extractor_type", "Wav2Vec2FeatureExtractor").put("feature_size", 1);
        node.put("sampling_rate", audio.featureEncoder().sampleRate()).put("padding_value", 0.0);
        node.put("do_normalize", audio.normalize()).put("return_attention_mask", true);
        if (differs()) {
            node.put(HfAudio.NORMALIZE_EPSILON, audio.normalizeEpsilon());
        }
        return node;
    }

    @Override
    @Nullable
    Head head(Set<String> parameters) {
        return parameters.contains("quantiser.codes") && run.method() instanceof Wav2Vec2Config
                ? new Head("Wav2Vec2ForPreTraining", List.of("quantizer.", "project_q.", "project_hid."))
                : null;
    }

    private boolean differs() {
        return audio.normalize() && audio.normalizeEpsilon() != HfAudio.VARIANCE_EPSILON;
    }

    @Override
    List<String> notes() {
        return differs()
                ? List.of(
                        "transformers normalizes recordings with " + HfAudio.VARIANCE_EPSILON
                                + " added to the variance, this model with " + audio.normalizeEpsilon()
                                + " (audio.normalize_epsilon): features of quiet recordings differ unless they are normalized so")
                : List.of();
    }
}
