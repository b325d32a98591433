package org.data2vec4j.interop.huggingface;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.image.model.ImagePositions;
import org.data2vec4j.model.encoder.AttentionBiasConfig;
import org.data2vec4j.model.encoder.OutputPooling;
import org.data2vec4j.model.encoder.SinCosPositions;
import org.data2vec4j.model.mask.RandomMask;
import org.data2vec4j.model.method.mae.MaeConfig;
import org.data2vec4j.model.method.mae.MaeDecoderConfig;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.train.run.PretrainConfig;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Models of images without a bias by distance, as {@code vit}, and masked autoencoders as {@code vit_mae}. */
final class HfVitWriter extends HfVisionWriter {
    HfVitWriter(PretrainConfig run) {
        super(run);
    }

    /** The writer for a recipe of images. */
    static HfVisionWriter of(PretrainConfig run) {
        ImagePositions positions = ((ImageModality) run.modality()).positions();
        OutputPooling pooling = run.model().pooling();
        boolean vit = run.model().bias() instanceof AttentionBiasConfig.None
                && (positions == ImagePositions.SIN_COS || positions == ImagePositions.LEARNED)
                && run.model().block().layerScale() == 0
                && (pooling == OutputPooling.MEAN || pooling == OutputPooling.CLS);
        return vit ? new HfVitWriter(run) : new HfVisionWriter(run);
    }

    @Override
    ObjectNode settings() {
        fits("model.extra_tokens", encoder.extraTokens() == 1, encoder.extraTokens(), "1");
        fits("model.block.norm", block.norm() == NormPlacement.PRE, block.norm(), "pre");
        fits("image.size", image.size().isSquare(), image.size(), "square images");
        noPositions();
        boolean mae = method() != null;
        ObjectNode node = sized(begun(mae ? "vit_mae" : "vit", mae ? "ViTMAEModel" : "ViTModel"))
                .put("image_size", image.size().width())
                .put("patch_size", image.patch())
                .put("num_channels", 3)
                .put("qkv_bias", true)
                .put("hidden_dropout_prob", block.dropout())
                .put("attention_probs_dropout_prob", block.attentionDropout());
        MaeConfig method = method();
        if (method != null) {
            MaeDecoderConfig decoder = method.decoder();
            node.put("decoder_hidden_size", decoder.width())
                    .put("decoder_num_hidden_layers", decoder.depth())
                    .put("decoder_num_attention_heads", decoder.heads())
                    .put("decoder_intermediate_size", 4 * decoder.width())
                    .put("mask_ratio", method.mask() instanceof RandomMask mask ? mask.ratio() : 0.75)
                    .put("norm_pix_loss", method.normalizePixels());
        }
        return node;
    }

    @Override
    @Nullable
    Head head(Set<String> parameters) {
        return parameters.contains("decoder.mask_token") && method() != null
                ? new Head("ViTMAEForPreTraining", List.of("decoder."))
                : null;
    }

    @Override
    Map<String, Tensor> computed() {
        Map<String, Tensor> tables = new HashMap<>();
        if (image.positions() == ImagePositions.SIN_COS) {
            tables.put("encoder.local.positions", table(encoder.width()));
        }
        MaeConfig method = method();
        if (method != null) {
            tables.put(HfVit.DECODER_POSITIONS, table(method.decoder().width()));
        }
        return tables;
    }

    /** The method of a masked autoencoder; null for an encoder that was imported as ViT, whose vector is its CLS token. */
    private @Nullable MaeConfig method() {
        return encoder.pooling() == OutputPooling.MEAN && run.method() instanceof MaeConfig mae ? mae : null;
    }

    private Tensor table(int width) {
        return Tensors.of(
                SinCosPositions.table(image.image().grid(), width),
                image.image().grid().size(),
                width);
    }

    @Override
    Set<String> tensors() {
        return Set.of();
    }
}
