package org.data2vec4j.interop.huggingface;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.image.model.ImagePositions;
import org.data2vec4j.model.encoder.AttentionBiasConfig;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.OutputPooling;
import org.data2vec4j.model.encoder.PositionsConfig;
import org.data2vec4j.model.mask.RandomMask;
import org.data2vec4j.model.method.MethodConfig;
import org.data2vec4j.model.method.mae.MaeConfig;
import org.data2vec4j.model.method.mae.MaeDecoderConfig;
import org.data2vec4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * ViT, and the encoder and decoder of ViT-MAE. ViT-MAE's positions are fixed, but stored, and are read as learned ones.
 *
 * @param config the settings
 * @param mae whether it is ViT-MAE
 * @param decoder the first part of the names of the decoder's blocks, of which {@code transformers} 4 and 5 write different ones
 */
record HfVit(HfConfig config, boolean mae, String decoder) implements HfModel {
    /** The decoder's blocks as {@code transformers} 4 names them, and 5 reads too. */
    static final String DECODER = "decoder.decoder_layers.";

    /** The decoder's positions, which are computed here and stored there. */
    static final String DECODER_POSITIONS = "decoder.positions";

    private static final String DECODER_5 = "decoder.decoder_encoder.layer.";
    private static final double DECODER_EPSILON = 1e-6;

    /** With the names that a folder has. */
    static HfVit of(HfConfig config, boolean mae, Set<String> tensors) {
        boolean five = tensors.stream().anyMatch(name -> name.startsWith(DECODER_5));
        return new HfVit(config, mae, five ? DECODER_5 : DECODER);
    }

    @Override
    public String prefix() {
        return "vit.";
    }

    @Override
    public ImageModality modality() {
        return new HfPictures(config).modality(ImagePositions.LEARNED);
    }

    @Override
    public EncoderConfig encoder() {
        config.only("qkv_bias", config.flag("qkv_bias", true), "true");
        return new EncoderConfig(
                0,
                config.integer("num_hidden_layers", 12),
                1,
                new HfPictures(config).block(0, 0),
                new PositionsConfig.None(),
                new AttentionBiasConfig.None(),
                0,
                0,
                mae ? OutputPooling.MEAN : OutputPooling.CLS);
    }

    @Override
    public MethodConfig method() {
        if (!mae) {
            return new HfPictures(config).method(encoder());
        }
        return new MaeConfig(
                1,
                new RandomMask(Math.max(0.01, Math.min(0.99, config.number("mask_ratio", 0.75)))),
                new MaeDecoderConfig(
                        config.integer("decoder_hidden_size", 512),
                        config.integer("decoder_num_hidden_layers", 8),
                        config.integer("decoder_num_attention_heads", 16)),
                config.flag("norm_pix_loss", false));
    }

    @Override
    public List<TensorMapping> links() {
        List<TensorMapping> links = new ArrayList<>(HfPictures.embeddings(true));
        if (!mae) { // of masked image modeling
            links.add(new TensorMapping("mask.embedding", List.of("embeddings.mask_token"), TensorMapping.Form.VECTOR));
        }
        for (int i = 0; i < encoder().depth(); i++) {
            links.addAll(HfPictures.layer(
                    "encoder.main.blocks." + i + ".", "encoder.layer." + i + ".", TensorMapping.Form.ROWS));
        }
        links.addAll(TensorMapping.both("encoder.norm", "layernorm"));
        if (mae && method() instanceof MaeConfig method && decoderFits(method)) {
            decoder(links, method.decoder().depth());
        }
        return links;
    }

    /** Ours has four times its width inside and an epsilon of its own. */
    private boolean decoderFits(MaeConfig method) {
        return config.integer("decoder_intermediate_size", 2048)
                        == 4 * method.decoder().width()
                && Math.abs(config.number("layer_norm_eps", 1e-12) - DECODER_EPSILON) < 1e-5;
    }

    private void decoder(List<TensorMapping> links, int depth) {
        links.addAll(TensorMapping.both("decoder.embed", "decoder.decoder_embed"));
        links.add(TensorMapping.same("decoder.mask_token", "decoder.mask_token"));
        links.add(new TensorMapping(
                DECODER_POSITIONS, List.of("decoder.decoder_pos_embed"), TensorMapping.Form.PATCH_PLACES));
        for (int i = 0; i < depth; i++) {
            links.addAll(
                    HfPictures.layer("decoder.main.blocks." + i + ".", decoder + i + ".", TensorMapping.Form.ROWS));
        }
        links.addAll(TensorMapping.both("decoder.norm", "decoder.decoder_norm"));
        for (String kind : List.of(".weight", ".bias")) {
            links.add(new TensorMapping(
                    "decoder.pixels" + kind, List.of("decoder.decoder_pred" + kind), TensorMapping.Form.PIXELS));
        }
    }

    @Override
    public List<String> besides() {
        return List.of("classifier.", "pooler.", "decoder.", HEAD);
    }

    @Override
    public @Nullable Tensor logits(HfFolder folder, Encoder.Output output, Tensor pooled_BD) {
        return !mae && folder.names().contains("classifier.weight")
                ? HfHeads.linear(folder, "classifier", pooled_BD)
                : null;
    }
}
