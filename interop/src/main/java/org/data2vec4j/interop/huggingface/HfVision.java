package org.data2vec4j.interop.huggingface;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.image.data.Transparency;
import org.data2vec4j.image.model.ImagePositions;
import org.data2vec4j.model.encoder.AttentionBiasConfig;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.OutputPooling;
import org.data2vec4j.model.encoder.PositionsConfig;
import org.data2vec4j.model.mask.RectangleMask;
import org.data2vec4j.model.method.data2vec1.Data2Vec1Config;
import org.data2vec4j.model.method.data2vec1.RegressionHeadConfig;
import org.data2vec4j.model.nn.BlockConfig;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.model.teacher.TargetsConfig;
import org.data2vec4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Data2VecVision: BEiT's encoder. Where it pools by the mean, its features have no final norm, and their mean has one.
 *
 * @param config the settings
 * @param pooler whether there is a norm of the mean; {@code transformers} leaves it out of models without a head
 */
record HfVision(HfConfig config, boolean pooler) implements HfModel {
    /** The end of the name of the norm of the mean. */
    static final String POOLER_WEIGHT = "pooler.layernorm.weight";

    private static final String TABLE = "relative_position_bias.relative_position_bias_table";

    @Override
    public String prefix() {
        return "data2vec_vision.";
    }

    private int side() {
        return config.integer("image_size", 224) / Math.max(1, config.integer("patch_size", 16));
    }

    private boolean meanPooling() {
        return config.flag("use_mean_pooling", true);
    }

    @Override
    public ImageModality modality() {
        config.only("num_channels", config.integer("num_channels", 3) == 3, "3");
        ImageModality usual = ImageModality.of(config.integer("image_size", 224), config.integer("patch_size", 16));
        HfImageProcessor processor = new HfImageProcessor(config.preparing(), config.text("model_type", ""));
        return new ImageModality(
                usual.size(),
                3,
                usual.patch(),
                usual.augmentation(),
                processor.normalization(),
                true, // transformers turns photographs as their camera says
                ImagePositions.NONE,
                processor.preparation(usual.size()),
                Transparency.STORED); // as Pillow converts to RGB
    }

    @Override
    public EncoderConfig encoder() {
        config.only("hidden_act", config.text("hidden_act", "gelu").equals("gelu"), "\"gelu\"");
        config.only(
                "use_absolute_position_embeddings",
                !config.flag("use_absolute_position_embeddings", false),
                "false; learned positions of images have no counterpart here");
        boolean each = config.flag("use_relative_position_bias", false);
        boolean shared = config.flag("use_shared_relative_position_bias", false);
        config.only(
                "use_relative_position_bias",
                each != shared,
                "true, or use_shared_relative_position_bias true, but not both");
        int width = config.integer("hidden_size", 768);
        BlockConfig block = new BlockConfig(
                width,
                config.integer("num_attention_heads", 12),
                (double) config.integer("intermediate_size", 3072) / width,
                NormPlacement.PRE,
                config.number("layer_norm_eps", 1e-12),
                config.number("hidden_dropout_prob", 0),
                config.number("attention_probs_dropout_prob", 0),
                0,
                config.number("drop_path_rate", 0.1),
                Math.max(0, config.number("layer_scale_init_value", 0.1)));
        return new EncoderConfig(
                0,
                config.integer("num_hidden_layers", 12),
                1,
                block,
                new PositionsConfig.None(),
                new AttentionBiasConfig.Relative(side() - 1, each),
                0,
                0,
                pooling());
    }

    private OutputPooling pooling() {
        if (!meanPooling()) {
            return OutputPooling.CLS;
        }
        return pooler ? OutputPooling.NORMED_MEAN : OutputPooling.PLAIN_MEAN;
    }

    @Override
    public Data2Vec1Config method() {
        Data2Vec1Config usual = Data2Vec1Config.images();
        return new Data2Vec1Config(
                new RectangleMask(0.6, Math.max(1, 16 * side() * side() / 196), 0.3),
                usual.corruption(),
                new RegressionHeadConfig(0, 2),
                layers(usual.targets(), encoder().depth()),
                usual.teacher(),
                usual.loss());
    }

    /** The published targets of a shallower encoder. */
    static TargetsConfig layers(TargetsConfig usual, int depth) {
        return new TargetsConfig(Math.min(usual.layers(), depth), usual.feature(), usual.each(), usual.average());
    }

    @Override
    public List<TensorMapping> links() {
        List<TensorMapping> links = new ArrayList<>();
        links.add(TensorMapping.same("encoder.extra_tokens", "embeddings.cls_token"));
        links.addAll(TensorMapping.both("encoder.local.proj", "embeddings.patch_embeddings.projection"));
        if (config.flag("use_mask_token", false)) {
            links.add(new TensorMapping("mask.embedding", List.of("embeddings.mask_token"), TensorMapping.Form.VECTOR));
        }
        EncoderConfig encoder = encoder();
        List<String> tables = new ArrayList<>();
        for (int i = 0; i < encoder.depth(); i++) {
            String theirs = "encoder.layer." + i + ".";
            layer(
                    links,
                    "encoder.main.blocks." + i + ".",
                    theirs,
                    encoder.block().layerScale() > 0);
            tables.add(theirs + "attention.attention." + TABLE);
        }
        boolean each = config.flag("use_relative_position_bias", false);
        links.add(new TensorMapping(
                "encoder.bias.table", each ? tables : List.of("encoder." + TABLE), TensorMapping.Form.BLOCKS));
        if (!meanPooling()) {
            links.addAll(TensorMapping.both("encoder.norm", "layernorm"));
        } else if (pooler) {
            links.addAll(TensorMapping.both("encoder.norm", "pooler.layernorm"));
        }
        return links;
    }

    private static void layer(List<TensorMapping> links, String ours, String theirs, boolean scaled) {
        String attention = theirs + "attention.attention.";
        links.addAll(TensorMapping.both(ours + "norm1", theirs + "layernorm_before"));
        links.add(new TensorMapping(
                ours + "attn.qkv.weight",
                List.of(attention + "query.weight", attention + "key.weight", attention + "value.weight"),
                TensorMapping.Form.ROWS));
        links.add(new TensorMapping(
                ours + "attn.qkv.bias",
                List.of(attention + "query.bias", attention + "key.bias", attention + "value.bias"),
                TensorMapping.Form.KEYLESS));
        links.addAll(TensorMapping.both(ours + "attn.proj", theirs + "attention.output.dense"));
        links.addAll(TensorMapping.both(ours + "norm2", theirs + "layernorm_after"));
        links.addAll(TensorMapping.both(ours + "mlp.fc1", theirs + "intermediate.dense"));
        links.addAll(TensorMapping.both(ours + "mlp.fc2", theirs + "output.dense"));
        if (scaled) {
            links.add(TensorMapping.same(ours + "scale1", theirs + "lambda_1"));
            links.add(TensorMapping.same(ours + "scale2", theirs + "lambda_2"));
        }
    }

    @Override
    public List<String> besides() {
        return List.of("classifier.", "pooler.", "decode_head.", "auxiliary_head.", "fpn");
    }

    @Override
    public @Nullable Tensor logits(HfFolder folder, Encoder.Output output, Tensor pooled_BD) {
        return folder.names().contains("classifier.weight") ? HfHeads.linear(folder, "classifier", pooled_BD) : null;
    }
}
