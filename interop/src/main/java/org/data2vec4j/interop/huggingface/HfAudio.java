package org.data2vec4j.interop.huggingface;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.audio.AudioModality;
import org.data2vec4j.audio.model.AudioConfig;
import org.data2vec4j.audio.model.AudioConfig.ExtractorNorm;
import org.data2vec4j.audio.model.ConvLayer;
import org.data2vec4j.model.contrast.ContrastConfig;
import org.data2vec4j.model.encoder.AttentionBiasConfig;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.PositionsConfig;
import org.data2vec4j.model.mask.Compat;
import org.data2vec4j.model.method.MethodConfig;
import org.data2vec4j.model.method.data2vec1.Data2Vec1Config;
import org.data2vec4j.model.method.data2vec1.RegressionHeadConfig;
import org.data2vec4j.model.method.wav2vec2.Wav2Vec2Config;
import org.data2vec4j.model.nn.BlockConfig;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.model.quantizer.QuantizerConfig;
import org.data2vec4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Data2VecAudio and Wav2Vec2.
 *
 * @param config the settings
 * @param wav2vec whether it is Wav2Vec2
 */
record HfAudio(HfConfig config, boolean wav2vec) implements HfModel {
    /** What {@code transformers} adds to the variance of a recording. */
    static final double VARIANCE_EPSILON = 1e-7;

    /** Ours for it, which {@code transformers} takes no notice of. */
    static final String NORMALIZE_EPSILON = "normalize_epsilon";

    private static final double EPSILON = 1e-5;

    @Override
    public String prefix() {
        return wav2vec ? "wav2vec2." : "data2vec_audio.";
    }

    @Override
    public AudioModality modality() {
        config.only(
                "feat_extract_activation",
                config.text("feat_extract_activation", "gelu").equals("gelu"),
                "\"gelu\"");
        // The published recordings: 2 to 20 s; as many to a batch as a recipe says.
        return new AudioModality(
                new AudioConfig(
                        16_000,
                        extractor(),
                        layerNorms() ? ExtractorNorm.LAYER : ExtractorNorm.GROUP,
                        config.flag("conv_bias", false),
                        0,
                        1,
                        Compat.FAIRSEQ_WAV2VEC),
                2,
                20,
                20,
                0,
                config.preparing().flag("do_normalize", true),
                null,
                null,
                config.preparing().number(NORMALIZE_EPSILON, VARIANCE_EPSILON));
    }

    private boolean layerNorms() {
        if (!wav2vec) {
            return true;
        }
        String norm = config.text("feat_extract_norm", "group");
        config.only("feat_extract_norm", norm.equals("group") || norm.equals("layer"), "\"group\" or \"layer\"");
        return norm.equals("layer");
    }

    private List<ConvLayer> extractor() {
        List<Integer> widths = config.integers("conv_dim", List.of(512, 512, 512, 512, 512, 512, 512));
        List<Integer> kernels = config.integers("conv_kernel", List.of(10, 3, 3, 3, 3, 2, 2));
        List<Integer> strides = config.integers("conv_stride", List.of(5, 2, 2, 2, 2, 2, 2));
        config.only(
                "conv_dim",
                widths.size() == kernels.size() && widths.size() == strides.size(),
                "as many numbers as conv_kernel and conv_stride have");
        List<ConvLayer> layers = new ArrayList<>();
        for (int i = 0; i < widths.size(); i++) {
            layers.add(new ConvLayer(widths.get(i), kernels.get(i), strides.get(i)));
        }
        return layers;
    }

    private boolean normsFirst() {
        return wav2vec && config.flag("do_stable_layer_norm", false);
    }

    @Override
    public EncoderConfig encoder() {
        config.only("hidden_act", config.text("hidden_act", "gelu").equals("gelu"), "\"gelu\"");
        config.only("add_adapter", !config.flag("add_adapter", false), "false");
        config.only("adapter_attn_dim", !config.has("adapter_attn_dim"), "null");
        config.only("layer_norm_eps", Math.abs(config.number("layer_norm_eps", EPSILON) - EPSILON) < 1e-12, "1e-05");
        int width = config.integer("hidden_size", 768);
        BlockConfig block = new BlockConfig(
                width,
                config.integer("num_attention_heads", 12),
                (double) config.integer("intermediate_size", 3072) / width,
                normsFirst() ? NormPlacement.PRE : NormPlacement.POST,
                EPSILON,
                config.number("hidden_dropout", 0.1),
                config.number("attention_dropout", 0.1),
                config.number("activation_dropout", 0.1),
                0);
        return new EncoderConfig(
                0,
                config.integer("num_hidden_layers", 12),
                0,
                block,
                positions(),
                new AttentionBiasConfig.None(),
                config.number("hidden_dropout", 0.1),
                config.number("layerdrop", 0.1));
    }

    private PositionsConfig positions() {
        int groups = config.integer("num_conv_pos_embedding_groups", 16);
        return wav2vec
                ? new PositionsConfig.WeightNormConv(config.integer("num_conv_pos_embeddings", 128), groups)
                : new PositionsConfig.Conv(
                        config.integer("num_conv_pos_embeddings", 5),
                        config.integer("conv_pos_kernel_size", 19),
                        groups,
                        false);
    }

    @Override
    public MethodConfig method() {
        if (!wav2vec) {
            Data2Vec1Config usual = Data2Vec1Config.speech();
            return new Data2Vec1Config(
                    usual.mask(),
                    usual.corruption(),
                    new RegressionHeadConfig(0, 2),
                    HfVision.layers(usual.targets(), encoder().depth()),
                    usual.teacher(),
                    usual.loss());
        }
        Wav2Vec2Config usual = Wav2Vec2Config.defaults();
        return new Wav2Vec2Config(
                usual.mask(),
                new QuantizerConfig(
                        config.integer("num_codevector_groups", 2),
                        config.integer("num_codevectors_per_group", 320),
                        config.integer("codevector_dim", 256),
                        usual.quantizer().temperature()),
                new ContrastConfig(
                        config.integer("num_negatives", 100),
                        config.number("contrastive_logits_temperature", 0.1),
                        config.integer("proj_codevector_dim", 256)),
                usual.penalty(),
                config.number("feat_quantizer_dropout", 0));
    }

    @Override
    public List<TensorMapping> links() {
        List<TensorMapping> links = new ArrayList<>();
        int layers = extractor().size();
        for (int i = 0; i < layers; i++) {
            String ours = "encoder.local.extractor.layers." + i + ".";
            String theirs = "feature_extractor.conv_layers." + i + ".";
            links.add(TensorMapping.same(ours + "weight", theirs + "conv.weight"));
            if (config.flag("conv_bias", false)) {
                links.add(TensorMapping.same(ours + "bias", theirs + "conv.bias"));
            }
            if (layerNorms() || i == 0) {
                links.addAll(TensorMapping.both(ours + "norm", theirs + "layer_norm"));
            }
        }
        links.addAll(TensorMapping.both("encoder.local.norm", "feature_projection.layer_norm"));
        links.addAll(TensorMapping.both("encoder.local.proj", "feature_projection.projection"));
        links.add(TensorMapping.same("mask.embedding", "masked_spec_embed"));
        links.addAll(places());
        links.addAll(TensorMapping.both(normsFirst() ? "encoder.norm" : "encoder.context_norm", "encoder.layer_norm"));
        for (int i = 0; i < encoder().depth(); i++) {
            layer(links, "encoder.main.blocks." + i + ".", "encoder.layers." + i + ".");
        }
        if (wav2vec) {
            links.add(new TensorMapping("quantiser.codes", List.of("quantizer.codevectors"), TensorMapping.Form.LEAD));
            links.addAll(TensorMapping.both("quantiser.scores", "quantizer.weight_proj"));
            links.addAll(TensorMapping.both("contrast.targets", "project_q"));
            links.addAll(TensorMapping.both("contrast.context", "project_hid"));
        }
        return links;
    }

    private List<TensorMapping> places() {
        String theirs = "encoder.pos_conv_embed.";
        List<TensorMapping> links = new ArrayList<>();
        if (encoder().positions() instanceof PositionsConfig.Conv stack) {
            for (int i = 0; i < stack.layers(); i++) {
                links.addAll(TensorMapping.both("encoder.positions.layers." + i, theirs + "layers." + i + ".conv"));
            }
        } else {
            links.add(TensorMapping.same("encoder.positions.weight", theirs + "conv.weight_v"));
            links.add(TensorMapping.same("encoder.positions.gain", theirs + "conv.weight_g"));
            links.add(TensorMapping.same("encoder.positions.bias", theirs + "conv.bias"));
        }
        return links;
    }

    private static void layer(List<TensorMapping> links, String ours, String theirs) {
        String attention = theirs + "attention.";
        for (String kind : List.of("weight", "bias")) {
            links.add(new TensorMapping(
                    ours + "attn.qkv." + kind,
                    List.of(attention + "q_proj." + kind, attention + "k_proj." + kind, attention + "v_proj." + kind),
                    TensorMapping.Form.ROWS));
        }
        links.addAll(TensorMapping.both(ours + "attn.proj", attention + "out_proj"));
        links.addAll(TensorMapping.both(ours + "norm1", theirs + "layer_norm"));
        links.addAll(TensorMapping.both(ours + "mlp.fc1", theirs + "feed_forward.intermediate_dense"));
        links.addAll(TensorMapping.both(ours + "mlp.fc2", theirs + "feed_forward.output_dense"));
        links.addAll(TensorMapping.both(ours + "norm2", theirs + "final_layer_norm"));
    }

    @Override
    public List<String> besides() {
        return List.of("lm_head.", "classifier.", "projector.", "objective.", "layer_weights", "tdnn.");
    }

    @Override
    public @Nullable Tensor logits(HfFolder folder, Encoder.Output output, Tensor pooled_BD) {
        if (folder.names().contains("projector.weight")
                && folder.names().contains("classifier.weight")
                && !config.flag("use_weighted_layer_sum", false)) {
            // What is linear may come after the mean.
            return HfHeads.linear(folder, "classifier", HfHeads.linear(folder, "projector", pooled_BD));
        }
        return folder.names().contains("lm_head.weight")
                ? HfHeads.linear(folder, "lm_head", output.features_BTD())
                : null;
    }
}
