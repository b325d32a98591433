package org.data2vec4j.interop.huggingface;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.image.model.ImagePositions;
import org.data2vec4j.model.encoder.AttentionBiasConfig;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.OutputPooling;
import org.data2vec4j.model.encoder.PositionsConfig;
import org.data2vec4j.model.method.MethodConfig;
import org.data2vec4j.model.nn.BlockConfig;
import org.data2vec4j.model.teacher.TargetsConfig;
import org.data2vec4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Data2VecVision and BEiT, which is the same encoder. Where it pools by the mean, its features have no final norm, and their mean has one.
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
        return config.text("model_type", "").equals("beit") ? "beit." : "data2vec_vision.";
    }

    private boolean meanPooling() {
        return config.flag("use_mean_pooling", true);
    }

    @Override
    public ImageModality modality() {
        return new HfPictures(config).modality(positions());
    }

    private ImagePositions positions() {
        if (config.flag("use_absolute_position_embeddings", false)) {
            return ImagePositions.LEARNED;
        }
        return each() || shared() ? ImagePositions.NONE : ImagePositions.ABSENT;
    }

    private boolean each() {
        return config.flag("use_relative_position_bias", false);
    }

    private boolean shared() {
        return config.flag("use_shared_relative_position_bias", false);
    }

    @Override
    public EncoderConfig encoder() {
        BlockConfig block = new HfPictures(config)
                .block(config.number("drop_path_rate", 0.1), Math.max(0, config.number("layer_scale_init_value", 0.1)));
        return new EncoderConfig(
                0,
                config.integer("num_hidden_layers", 12),
                1,
                block,
                new PositionsConfig.None(),
                each() || shared()
                        ? new AttentionBiasConfig.Relative(new HfPictures(config).side() - 1, each())
                        : new AttentionBiasConfig.None(),
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
    public MethodConfig method() {
        return new HfPictures(config).method(encoder());
    }

    /** The published targets of a shallower encoder. */
    static TargetsConfig layers(TargetsConfig usual, int depth) {
        return new TargetsConfig(Math.min(usual.layers(), depth), usual.feature(), usual.each(), usual.average());
    }

    @Override
    public List<TensorMapping> links() {
        List<TensorMapping> links = new ArrayList<>();
        links.addAll(HfPictures.embeddings(positions() == ImagePositions.LEARNED));
        if (config.flag("use_mask_token", false)) {
            links.add(new TensorMapping("mask.embedding", List.of("embeddings.mask_token"), TensorMapping.Form.VECTOR));
        }
        EncoderConfig encoder = encoder();
        List<String> tables = new ArrayList<>();
        for (int i = 0; i < encoder.depth(); i++) {
            String theirs = "encoder.layer." + i + ".";
            String ours = "encoder.main.blocks." + i + ".";
            links.addAll(HfPictures.layer(ours, theirs, TensorMapping.Form.KEYLESS));
            if (encoder.block().layerScale() > 0) {
                links.add(TensorMapping.same(ours + "scale1", theirs + "lambda_1"));
                links.add(TensorMapping.same(ours + "scale2", theirs + "lambda_2"));
            }
            tables.add(theirs + "attention.attention." + TABLE);
        }
        String all = "encoder." + TABLE;
        if (each() && shared()) {
            tables.add(all);
            links.add(new TensorMapping("encoder.bias.table", tables, TensorMapping.Form.BLOCKS_AND_ALL));
        } else if (each() || shared()) {
            links.add(
                    new TensorMapping("encoder.bias.table", each() ? tables : List.of(all), TensorMapping.Form.BLOCKS));
        }
        if (!meanPooling()) {
            links.addAll(TensorMapping.both("encoder.norm", "layernorm"));
        } else if (pooler) {
            links.addAll(TensorMapping.both("encoder.norm", "pooler.layernorm"));
        }
        return links;
    }

    @Override
    public List<String> besides() {
        return List.of(
                "classifier.",
                "pooler.",
                "decode_head.",
                "auxiliary_head.",
                "fpn",
                "lm_head.",
                meanPooling() ? "layernorm." : HEAD,
                HEAD);
    }

    @Override
    public @Nullable Tensor logits(HfFolder folder, Encoder.Output output, Tensor pooled_BD) {
        return folder.names().contains("classifier.weight") ? HfHeads.linear(folder, "classifier", pooled_BD) : null;
    }
}
