package org.data2vec4j.interop.fairseq;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.audio.model.AudioFeatureEncoder;
import org.data2vec4j.image.model.ImageConfig;
import org.data2vec4j.image.model.ImageFeatureEncoder;
import org.data2vec4j.model.encoder.AttentionBiasConfig;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.FeatureEncoder;
import org.data2vec4j.model.encoder.GridPositions;
import org.data2vec4j.model.encoder.PositionsConfig;
import org.data2vec4j.model.loss.RegressionLoss;
import org.data2vec4j.model.mask.BlockMask;
import org.data2vec4j.model.mask.Compat;
import org.data2vec4j.model.mask.MaskStrategy;
import org.data2vec4j.model.mask.RandomMask;
import org.data2vec4j.model.mask.RectangleMask;
import org.data2vec4j.model.mask.TokenReplacementConfig;
import org.data2vec4j.model.method.data2vec1.CorruptionConfig;
import org.data2vec4j.model.method.data2vec1.Data2Vec1Config;
import org.data2vec4j.model.method.data2vec1.Data2Vec1LossConfig;
import org.data2vec4j.model.method.data2vec1.RegressionHeadConfig;
import org.data2vec4j.model.nn.BlockConfig;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.model.teacher.TargetNormalization;
import org.data2vec4j.model.teacher.TargetsConfig;
import org.data2vec4j.model.teacher.TeacherConfig;
import org.data2vec4j.model.teacher.TeacherPart;
import org.data2vec4j.text.model.TextConfig;
import org.data2vec4j.text.model.TextFeatureEncoder;
import tools.jackson.databind.JsonNode;

/**
 * fairseq's data2vec settings of any modality, as ours, with the reference's quirks. The teacher has all that the reference's has,
 * also what that takes from the student at every update.
 *
 * @param root an object with {@code model} under the reference's own names; for texts also {@code vocab}, {@code pad} and {@code mask}
 */
public record FairseqData2Vec1(JsonNode root) {
    private static final double EPSILON = 1e-5;

    /** What the model takes. */
    public enum Modality {
        /** Recordings. */
        AUDIO,
        /** Images. */
        IMAGE,
        /** Texts. */
        TEXT
    }

    private JsonNode model() {
        return root.path("model");
    }

    /** What the model takes, told by settings that only it has. */
    public Modality modality() {
        if (model().has("conv_feature_layers")) {
            return Modality.AUDIO;
        }
        return model().has("num_mask_patches") ? Modality.IMAGE : Modality.TEXT;
    }

    /** The feature encoder. */
    public FeatureEncoder featureEncoder() {
        int width = encoder().width();
        return switch (modality()) {
            case AUDIO -> new AudioFeatureEncoder(new FairseqWav2Vec2(root).audio(), width);
            case IMAGE -> new ImageFeatureEncoder(image(), width, GridPositions.NONE);
            case TEXT -> new TextFeatureEncoder(text(), width);
        };
    }

    private ImageConfig image() {
        return new ImageConfig(
                model().path("image_size").asInt(),
                model().path("in_channels").asInt(),
                model().path("patch_size").asInt());
    }

    private TextConfig text() {
        return new TextConfig(
                root.path("vocab").asInt(),
                model().path("transformer").path("max_source_positions").asInt(),
                0,
                root.path("pad").asInt(),
                2,
                EPSILON,
                model().path("transformer").path("dropout").asDouble(),
                false,
                Compat.FAIRSEQ);
    }

    /** The encoder. */
    public EncoderConfig encoder() {
        return switch (modality()) {
            case AUDIO -> new FairseqWav2Vec2(root).encoder();
            case IMAGE -> imageEncoder();
            case TEXT -> textEncoder();
        };
    }

    private EncoderConfig imageEncoder() {
        ImageConfig image = image();
        BlockConfig block = new BlockConfig(
                model().path("embed_dim").asInt(),
                model().path("num_heads").asInt(),
                model().path("mlp_ratio").asDouble(),
                NormPlacement.PRE,
                EPSILON,
                0,
                model().path("attention_dropout").asDouble(),
                0,
                model().path("drop_path").asDouble(),
                model().path("layer_scale_init_value").asDouble());
        AttentionBiasConfig bias = new AttentionBiasConfig.Relative(
                image.grid().width() - 1, !model().path("shared_rel_pos_bias").asBoolean());
        return new EncoderConfig(0, model().path("depth").asInt(), 1, block, new PositionsConfig.None(), bias, 0, 0);
    }

    private EncoderConfig textEncoder() {
        JsonNode transformer = model().path("transformer");
        JsonNode encoder = transformer.path("encoder");
        int width = encoder.path("embed_dim").asInt();
        BlockConfig block = new BlockConfig(
                width,
                encoder.path("attention_heads").asInt(),
                encoder.path("ffn_embed_dim").asDouble() / width,
                encoder.path("normalize_before").asBoolean() ? NormPlacement.PRE : NormPlacement.POST,
                EPSILON,
                transformer.path("dropout").asDouble(),
                transformer.path("attention_dropout").asDouble(),
                transformer.path("activation_dropout").asDouble(),
                0);
        return new EncoderConfig(0, encoder.path("layers").asInt(), 0, block);
    }

    /** The method. */
    public Data2Vec1Config method() {
        return new Data2Vec1Config(
                mask(),
                modality() == Modality.TEXT
                        ? new CorruptionConfig.Tokens(
                                new TokenReplacementConfig(root.path("mask").asInt(), 0.8, 0.1))
                        : new CorruptionConfig.Embedding(),
                head(),
                targets(),
                new TeacherConfig(
                        model().path("ema_decay").asDouble(),
                        model().path("ema_end_decay").asDouble(),
                        model().path("ema_anneal_end_step").asLong(),
                        modality() == Modality.TEXT ? TeacherPart.ENCODER : TeacherPart.BEHIND_FEATURE_ENCODER),
                loss());
    }

    private MaskStrategy mask() {
        return switch (modality()) {
            case AUDIO -> new BlockMask(0.49, model().path("mask_length").asInt(), 0.16);
            case IMAGE -> rectangles();
            case TEXT -> new RandomMask(0.15);
        };
    }

    private MaskStrategy rectangles() {
        return new RectangleMask(
                model().path("num_mask_patches").asDouble() / image().grid().size(),
                model().path("min_mask_patches_per_block").asInt(),
                0.3);
    }

    private RegressionHeadConfig head() {
        return switch (modality()) {
            case AUDIO -> new RegressionHeadConfig(1, 2);
            case IMAGE -> new RegressionHeadConfig(0, 2); // it has a layer, which it leaves out
            case TEXT -> new RegressionHeadConfig(model().path("head_layers").asInt(), 2);
        };
    }

    private TargetsConfig targets() {
        List<TargetNormalization> each = new ArrayList<>();
        addIf(each, "batch_norm_target_layer", TargetNormalization.BATCH_NORM);
        addIf(each, "instance_norm_target_layer", TargetNormalization.INSTANCE_NORM);
        addIf(each, "layer_norm_target_layer", TargetNormalization.LAYER_NORM);
        List<TargetNormalization> average = new ArrayList<>();
        addIf(average, "layer_norm_targets", TargetNormalization.LAYER_NORM);
        addIf(average, "instance_norm_targets", TargetNormalization.INSTANCE_NORM);
        return new TargetsConfig(
                model().path("average_top_k_layers").asInt(),
                model().path("end_of_block_targets").asBoolean()
                        ? TargetsConfig.Feature.BLOCK_OUTPUT
                        : TargetsConfig.Feature.FEED_FORWARD,
                each,
                average);
    }

    private void addIf(List<TargetNormalization> list, String key, TargetNormalization normalisation) {
        if (model().path(key).asBoolean()) {
            list.add(normalisation);
        }
    }

    private Data2Vec1LossConfig loss() {
        double beta = model().path("loss_beta").asDouble();
        double scale = model().path("loss_scale").asDouble(0); // 0 or less stands for the published one
        return new Data2Vec1LossConfig(
                beta == 0 ? new RegressionLoss.L2() : new RegressionLoss.SmoothL1(beta),
                scale > 0 ? Double.valueOf(scale) : null);
    }
}
