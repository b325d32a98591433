package org.data2vec4j.interop.huggingface;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.image.data.ImageSize;
import org.data2vec4j.image.data.Transparency;
import org.data2vec4j.image.model.ImagePositions;
import org.data2vec4j.image.model.ImageStem;
import org.data2vec4j.model.encoder.AttentionBiasConfig;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.mask.RectangleMask;
import org.data2vec4j.model.method.MethodConfig;
import org.data2vec4j.model.method.data2vec1.Data2Vec1Config;
import org.data2vec4j.model.method.data2vec1.RegressionHeadConfig;
import org.data2vec4j.model.method.mae.MaeConfig;
import org.data2vec4j.model.method.mae.MaeDecoderConfig;
import org.data2vec4j.model.nn.BlockConfig;
import org.data2vec4j.model.nn.NormPlacement;

/**
 * What the encoders of pictures have in common.
 *
 * @param config the settings
 */
record HfPictures(HfConfig config) {
    /** The pictures' size: a side, or height and width. */
    private ImageSize size() {
        if (!config.root().path("image_size").isArray()) {
            return ImageSize.square(config.integer("image_size", 224));
        }
        List<Integer> sides = config.integers("image_size", List.of());
        config.only("image_size", sides.size() == 2, "a side, or [height, width]");
        return new ImageSize(sides.get(0), sides.get(1));
    }

    private int patch() {
        boolean list = config.root().path("patch_size").isArray();
        List<Integer> sides =
                list ? config.integers("patch_size", List.of()) : List.of(config.integer("patch_size", 16));
        config.only(
                "patch_size", !sides.isEmpty() && sides.stream().distinct().count() == 1, "one side: square patches");
        return Math.max(1, sides.get(0));
    }

    /** Patches along the longer side. */
    int side() {
        return Math.max(size().height(), size().width()) / patch();
    }

    /** The pictures, prepared as the folder says. */
    ImageModality modality(ImagePositions positions) {
        config.only("num_channels", config.integer("num_channels", 3) == 3, "3");
        ImageModality usual = ImageModality.of(size(), patch());
        HfImageProcessor processor = new HfImageProcessor(config.preparing(), config.text("model_type", ""));
        return new ImageModality(
                usual.size(),
                3,
                usual.patch(),
                usual.augmentation(),
                processor.normalization(),
                true, // transformers turns photographs as their camera says
                positions,
                processor.preparation(usual.size()),
                Transparency.STORED, // as Pillow converts to RGB
                new ImageStem.None());
    }

    /** A block. */
    BlockConfig block(double dropPath, double layerScale) {
        config.only("hidden_act", config.text("hidden_act", "gelu").equals("gelu"), "\"gelu\"");
        int width = config.integer("hidden_size", 768);
        return new BlockConfig(
                width,
                config.integer("num_attention_heads", 12),
                (double) config.integer("intermediate_size", 3072) / width,
                NormPlacement.PRE,
                config.number("layer_norm_eps", 1e-12),
                config.number("hidden_dropout_prob", 0),
                config.number("attention_probs_dropout_prob", 0),
                0,
                dropPath,
                layerScale);
    }

    /**
     * How to go on with an encoder: by the first data2vec where attention tells masked places apart, otherwise as a masked
     * autoencoder, which needs no more than the visible ones.
     */
    MethodConfig method(EncoderConfig encoder) {
        if (encoder.bias() instanceof AttentionBiasConfig.None) {
            return autoencoder(encoder);
        }
        Data2Vec1Config usual = Data2Vec1Config.images();
        return new Data2Vec1Config(
                new RectangleMask(0.6, Math.max(1, 16 * side() * side() / 196), 0.3),
                usual.corruption(),
                new RegressionHeadConfig(0, 2),
                HfVision.layers(usual.targets(), encoder.depth()),
                usual.teacher(),
                usual.loss());
    }

    private static MaeConfig autoencoder(EncoderConfig encoder) {
        MaeConfig usual = MaeConfig.defaults();
        boolean small = encoder.width() < usual.decoder().width() && encoder.width() % 4 == 0;
        MaeDecoderConfig decoder = small
                ? new MaeDecoderConfig(
                        encoder.width(),
                        Math.min(usual.decoder().depth(), encoder.depth()),
                        encoder.block().heads())
                : usual.decoder();
        return new MaeConfig(usual.clones(), usual.mask(), decoder, usual.normalizePixels());
    }

    /** Patches, the CLS token, and where places are learned, theirs. */
    static List<TensorMapping> embeddings(boolean places) {
        List<TensorMapping> links = new ArrayList<>();
        String cls = "embeddings.cls_token";
        String table = "embeddings.position_embeddings";
        if (places) {
            links.add(new TensorMapping("encoder.extra_tokens", List.of(cls, table), TensorMapping.Form.CLS_PLACE));
            links.add(new TensorMapping("encoder.local.positions", List.of(table), TensorMapping.Form.PATCH_PLACES));
        } else {
            links.add(TensorMapping.same("encoder.extra_tokens", cls));
        }
        links.addAll(TensorMapping.both("encoder.local.proj", "embeddings.patch_embeddings.projection"));
        return links;
    }

    /** A block's tensors. */
    static List<TensorMapping> layer(String ours, String theirs, TensorMapping.Form biases) {
        String attention = theirs + "attention.attention.";
        List<TensorMapping> links = new ArrayList<>();
        links.addAll(TensorMapping.both(ours + "norm1", theirs + "layernorm_before"));
        links.add(new TensorMapping(
                ours + "attn.qkv.weight",
                List.of(attention + "query.weight", attention + "key.weight", attention + "value.weight"),
                TensorMapping.Form.ROWS));
        links.add(new TensorMapping(
                ours + "attn.qkv.bias",
                List.of(attention + "query.bias", attention + "key.bias", attention + "value.bias"),
                biases));
        links.addAll(TensorMapping.both(ours + "attn.proj", theirs + "attention.output.dense"));
        links.addAll(TensorMapping.both(ours + "norm2", theirs + "layernorm_after"));
        links.addAll(TensorMapping.both(ours + "mlp.fc1", theirs + "intermediate.dense"));
        links.addAll(TensorMapping.both(ours + "mlp.fc2", theirs + "output.dense"));
        return links;
    }
}
