package org.data2vec4j.interop.fairseq;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.audio.AudioModality;
import org.data2vec4j.audio.model.AudioConfig;
import org.data2vec4j.audio.model.AudioFeatureEncoder;
import org.data2vec4j.core.UserException;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.image.model.ImageConfig;
import org.data2vec4j.image.model.ImageFeatureEncoder;
import org.data2vec4j.model.decoder.ConvDecoderConfig;
import org.data2vec4j.model.encoder.AttentionBiasConfig;
import org.data2vec4j.model.encoder.AttentionBiasConfig.Alibi.Scale;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.FeatureEncoder;
import org.data2vec4j.model.encoder.PositionsConfig;
import org.data2vec4j.model.loss.RegressionLoss;
import org.data2vec4j.model.mask.BlockEdges;
import org.data2vec4j.model.mask.BlockMask;
import org.data2vec4j.model.mask.Compat;
import org.data2vec4j.model.mask.InverseBlockMask;
import org.data2vec4j.model.mask.MaskStrategy;
import org.data2vec4j.model.mask.RandomMask;
import org.data2vec4j.model.method.data2vec2.Data2Vec2Config;
import org.data2vec4j.model.method.data2vec2.Data2Vec2LossConfig;
import org.data2vec4j.model.nn.BlockConfig;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.model.teacher.TargetNormalization;
import org.data2vec4j.model.teacher.TargetsConfig;
import org.data2vec4j.model.teacher.TeacherConfig;
import org.data2vec4j.model.teacher.TeacherPart;
import org.data2vec4j.text.TextModality;
import org.data2vec4j.text.data.TextOptions;
import org.data2vec4j.text.model.TextConfig;
import org.data2vec4j.text.model.TextFeatureEncoder;
import org.data2vec4j.train.data.Modality;
import tools.jackson.databind.JsonNode;

/**
 * fairseq's data2vec 2.0 settings, as ours, with the reference's quirks (compat: fairseq).
 *
 * @param root an object with {@code model}, {@code modality} and {@code decoder} under the reference's own names
 */
public record FairseqData2Vec2(JsonNode root) {
    /** The method's settings. */
    public Data2Vec2Config method() {
        JsonNode model = root.path("model");
        JsonNode modality = root.path("modality");
        return new Data2Vec2Config(
                model.path("clone_batch").asInt(),
                mask(modality),
                decoder(root.path("decoder"), modality),
                targets(model),
                new TeacherConfig(
                        model.path("ema_decay").asDouble(),
                        model.path("ema_end_decay").asDouble(),
                        model.path("ema_anneal_end_step").asLong(),
                        part(model, modality)),
                loss(model));
    }

    /** The encoder's settings. */
    public EncoderConfig encoder() {
        JsonNode model = root.path("model");
        JsonNode modality = root.path("modality");
        return new EncoderConfig(
                modality.path("prenet_depth").asInt(),
                model.path("depth").asInt(),
                modality.path("num_extra_tokens").asInt(),
                block(model),
                positions(modality),
                bias(modality),
                modality.path("prenet_dropout").asDouble(),
                model.path("layerdrop").asDouble());
    }

    /** IMAGE, AUDIO or TEXT. */
    public String modality() {
        return root.path("modality").path("type").asString("");
    }

    /** The feature encoder of the case's modality. */
    public FeatureEncoder featureEncoder() {
        int width = root.path("model").path("embed_dim").asInt();
        return switch (modality()) {
            case "IMAGE" -> new ImageFeatureEncoder(image(), width);
            case "AUDIO" -> new AudioFeatureEncoder(audio(), width);
            case "TEXT" -> new TextFeatureEncoder(text(), width);
            default -> throw new UserException("modality.type is \"" + modality() + "\"; known: IMAGE, AUDIO, TEXT");
        };
    }

    /** The kind of data, as a recipe says it. */
    public Modality data() {
        return switch (modality()) {
            case "IMAGE" -> ImageModality.of(image().size(), image().patch());
            case "AUDIO" -> AudioModality.of(audio(), 2, 20, 0);
            case "TEXT" -> texts(text());
            default -> throw new UserException("the model is of " + modality() + "; known: IMAGE, AUDIO, TEXT");
        };
    }

    private static TextModality texts(TextConfig text) {
        return new TextModality(
                "",
                text.vocabulary(),
                text.maxPositions(),
                TextModality.Sequences.BLOCKS,
                TextOptions.Unit.FILE,
                "text",
                "",
                text.positions(),
                text.normEpsilon(),
                text.dropout(),
                text.maskSpecial());
    }

    /** The images' settings. */
    public ImageConfig image() {
        JsonNode modality = root.path("modality");
        return new ImageConfig(
                modality.path("input_size").asInt(),
                modality.path("in_chans").asInt(),
                modality.path("patch_size").asInt());
    }

    /** The recordings' settings. */
    public AudioConfig audio() {
        JsonNode modality = root.path("modality");
        return new AudioConfig(
                16_000,
                ConvSpec.parse(modality.path("feature_encoder_spec").asString("")),
                modality.path("extractor_mode").asString("layer_norm").equals("layer_norm")
                        ? AudioConfig.ExtractorNorm.LAYER
                        : AudioConfig.ExtractorNorm.GROUP,
                false,
                0,
                modality.path("local_grad_mult").asDouble(1),
                Compat.FAIRSEQ);
    }

    /** The texts' settings; the reference's dictionary begins with {@code <s>}, {@code <pad>} and {@code </s>}. */
    public TextConfig text() {
        JsonNode modality = root.path("modality");
        return new TextConfig(
                root.path("vocab").asInt(),
                modality.path("max_source_positions").asInt(),
                0,
                1,
                2,
                1e-5,
                modality.path("dropout").asDouble(),
                true,
                Compat.FAIRSEQ);
    }

    private static TeacherPart part(JsonNode model, JsonNode modality) {
        if (model.path("ema_encoder_only").asBoolean()) {
            return TeacherPart.BLOCKS;
        }
        return modality.path("ema_local_encoder").asBoolean()
                ? TeacherPart.ENCODER
                : TeacherPart.BEHIND_FEATURE_ENCODER;
    }

    private static PositionsConfig positions(JsonNode modality) {
        int layers = modality.path("conv_pos_depth").asInt();
        if (!modality.has("conv_pos_width") || layers == 0) {
            return new PositionsConfig.None();
        }
        return new PositionsConfig.Conv(
                layers,
                Math.max(3, modality.path("conv_pos_width").asInt() / layers),
                modality.path("conv_pos_groups").asInt(),
                modality.path("conv_pos_pre_ln").asBoolean());
    }

    private static AttentionBiasConfig bias(JsonNode modality) {
        if (!modality.path("use_alibi_encoder").asBoolean()) {
            return new AttentionBiasConfig.None();
        }
        boolean perHead = modality.path("learned_alibi_scale_per_head").asBoolean();
        boolean perLayer = modality.path("learned_alibi_scale_per_layer").asBoolean();
        Scale scale = perLayer
                ? perHead ? Scale.PER_LAYER_AND_HEAD : Scale.PER_LAYER
                : perHead ? Scale.PER_HEAD : Scale.SHARED;
        return new AttentionBiasConfig.Alibi(
                modality.path("learned_alibi_scale").asBoolean() ? scale : Scale.FIXED,
                modality.path("alibi_scale").asDouble(1));
    }

    private static BlockConfig block(JsonNode model) {
        return new BlockConfig(
                model.path("embed_dim").asInt(),
                model.path("num_heads").asInt(),
                model.path("mlp_ratio").asDouble(),
                model.path("layer_norm_first").asBoolean() ? NormPlacement.PRE_FAIRSEQ : NormPlacement.POST,
                model.path("norm_eps").asDouble(),
                model.path("post_mlp_drop").asDouble(),
                model.path("attention_dropout").asDouble(),
                model.path("activation_dropout").asDouble(),
                model.path("end_drop_path_rate").asDouble());
    }

    private static ConvDecoderConfig decoder(JsonNode decoder, JsonNode modality) {
        if (modality.path("transformer_decoder").asBoolean()
                || decoder.path("add_positions_masked").asBoolean()
                || decoder.path("add_positions_all").asBoolean()) {
            throw new UserException(
                    "this case's decoder is not the convolutional one without positions; only that one has a"
                            + " counterpart here");
        }
        return new ConvDecoderConfig(
                decoder.path("decoder_dim").asInt(),
                decoder.path("decoder_layers").asInt(),
                decoder.path("decoder_kernel").asInt(),
                decoder.path("decoder_groups").asInt(),
                decoder.path("decoder_residual").asBoolean(),
                decoder.path("projection_layers").asInt(),
                decoder.path("projection_ratio").asDouble(),
                modality.path("mask_noise_std").asDouble(),
                decoder.path("input_dropout").asDouble());
    }

    private static MaskStrategy mask(JsonNode modality) {
        double ratio = modality.path("mask_prob").asDouble();
        int length = modality.path("mask_length").asInt();
        double adjust = modality.path("mask_prob_adjust").asDouble();
        if (length == 1) {
            return new RandomMask(ratio);
        }
        return modality.path("inverse_mask").asBoolean()
                ? new InverseBlockMask(ratio, length, adjust, BlockEdges.CLAMPED)
                : new BlockMask(ratio, length, adjust, BlockEdges.CLAMPED);
    }

    private static TargetsConfig targets(JsonNode model) {
        List<TargetNormalization> each = new ArrayList<>();
        addIf(each, model, "batch_norm_target_layer", TargetNormalization.BATCH_NORM);
        addIf(each, model, "instance_norm_target_layer", TargetNormalization.INSTANCE_NORM);
        addIf(each, model, "layer_norm_target_layer", TargetNormalization.LAYER_NORM);
        List<TargetNormalization> average = new ArrayList<>();
        addIf(average, model, "layer_norm_targets", TargetNormalization.LAYER_NORM);
        addIf(average, model, "instance_norm_targets", TargetNormalization.INSTANCE_NORM);
        return new TargetsConfig(
                model.path("average_top_k_layers").asInt(),
                model.path("end_of_block_targets").asBoolean()
                        ? TargetsConfig.Feature.BLOCK_OUTPUT
                        : TargetsConfig.Feature.FEED_FORWARD,
                each,
                average);
    }

    private static void addIf(
            List<TargetNormalization> list, JsonNode model, String key, TargetNormalization normalisation) {
        if (model.path(key).asBoolean()) {
            list.add(normalisation);
        }
    }

    private static Data2Vec2LossConfig loss(JsonNode model) {
        double beta = model.path("loss_beta").asDouble();
        JsonNode scale = model.path("loss_scale");
        return new Data2Vec2LossConfig(
                beta == 0 ? new RegressionLoss.L2() : new RegressionLoss.SmoothL1(beta),
                scale.isNumber() ? Double.valueOf(scale.asDouble()) : null,
                model.path("cls_loss").asDouble(),
                model.path("recon_loss").asDouble());
    }
}
