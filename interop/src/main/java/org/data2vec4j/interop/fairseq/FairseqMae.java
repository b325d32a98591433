package org.data2vec4j.interop.fairseq;

import java.util.LinkedHashMap;
import java.util.Map;
import org.data2vec4j.core.UserException;
import org.data2vec4j.image.model.ImageConfig;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.mask.RandomMask;
import org.data2vec4j.model.method.mae.MaeConfig;
import org.data2vec4j.model.method.mae.MaeDecoderConfig;
import org.data2vec4j.model.nn.BlockConfig;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.tensor.Tensor;
import tools.jackson.databind.JsonNode;

/**
 * fairseq's MAE, as ours: settings and parameters.
 *
 * @param model its settings under the reference's own names
 */
public record FairseqMae(JsonNode model) {
    private static final String POSITIONS = "pos_embed";
    private static final String DECODER_POSITIONS = "decoder_pos_embed";
    private static final String[][] PREFIXES = {
        {"cls_token", "encoder.extra_tokens"},
        {"patch_embed.proj.", "encoder.local.proj."},
        {"blocks.", "encoder.main.blocks."},
        {"norm.", "encoder.norm."},
        {"decoder_embed.", "decoder.embed."},
        {"mask_token", "decoder.mask_token"},
        {"decoder_blocks.", "decoder.main.blocks."},
        {"decoder_norm.", "decoder.norm."},
        {"decoder_pred.", "decoder.pixels."},
    };

    /** The images. */
    public ImageConfig image() {
        return new ImageConfig(
                model.path("input_size").asInt(),
                model.path("in_chans").asInt(),
                model.path("patch_size").asInt());
    }

    /** The encoder. */
    public EncoderConfig encoder() {
        return new EncoderConfig(
                0,
                model.path("depth").asInt(),
                1,
                new BlockConfig(
                        model.path("embed_dim").asInt(),
                        model.path("num_heads").asInt(),
                        model.path("mlp_ratio").asDouble(),
                        NormPlacement.PRE,
                        model.path("norm_eps").asDouble(),
                        0,
                        0,
                        0,
                        model.path("drop_path_rate").asDouble()));
    }

    /** The method. */
    public MaeConfig method() {
        return new MaeConfig(
                1,
                new RandomMask(model.path("mask_ratio").asDouble()),
                new MaeDecoderConfig(
                        model.path("decoder_embed_dim").asInt(),
                        model.path("decoder_depth").asInt(),
                        model.path("decoder_num_heads").asInt()),
                model.path("norm_pix_loss").asBoolean());
    }

    /**
     * Parameters by the reference's names, with the CLS token's positions, which we do not have, moved into other parameters: the
     * encoder's into the token; the decoder's into the bias and the mask token that stand in every place, from whose positions
     * {@link #decoderPositions} takes it away. Gradients stay what they were.
     */
    public Map<String, Tensor> withoutClsPositions(Map<String, Tensor> theirs) {
        Map<String, Tensor> moved = new LinkedHashMap<>(theirs);
        moved.computeIfPresent("cls_token", (name, token) -> token.add(ofCls(theirs, POSITIONS)));
        moved.computeIfPresent("mask_token", (name, token) -> token.add(ofCls(theirs, DECODER_POSITIONS)));
        moved.computeIfPresent(
                "decoder_embed.bias",
                (name, bias) -> bias.add(ofCls(theirs, DECODER_POSITIONS).view(-1)));
        return moved;
    }

    /** The encoder's positions of patches, (T, D). */
    public Tensor positions(Map<String, Tensor> theirs) {
        Tensor all_TD = recorded(theirs, POSITIONS).select(0, 0);
        return all_TD.narrow(0, 1, all_TD.size(0) - 1);
    }

    /** The decoder's positions of patches relative to the CLS token's, (T, C). */
    public Tensor decoderPositions(Map<String, Tensor> theirs) {
        Tensor all_TC = recorded(theirs, DECODER_POSITIONS).select(0, 0);
        return all_TC.narrow(0, 1, all_TC.size(0) - 1).sub(all_TC.narrow(0, 0, 1));
    }

    /** (1, 1, D). */
    private static Tensor ofCls(Map<String, Tensor> theirs, String name) {
        return recorded(theirs, name).narrow(1, 0, 1);
    }

    private static Tensor recorded(Map<String, Tensor> theirs, String name) {
        Tensor table = theirs.get(name);
        if (table == null) {
            throw new UserException("there are no positions named " + name + " among the parameters");
        }
        return table;
    }

    /** Values or gradients of parameters by our names, without positions. */
    public Map<String, Tensor> ours(Map<String, Tensor> theirs) {
        Map<String, Tensor> ours = new LinkedHashMap<>();
        theirs.forEach((name, value) -> {
            if (!name.equals(POSITIONS) && !name.equals(DECODER_POSITIONS)) {
                ours.put(name(name), name.startsWith("decoder_pred.") ? coloursFirst(value) : value);
            }
        });
        return ours;
    }

    private static String name(String theirs) {
        for (String[] pair : PREFIXES) {
            if (theirs.startsWith(pair[0])) {
                return pair[1] + theirs.substring(pair[0].length());
            }
        }
        return theirs;
    }

    /** The reference's patches are row, column, colour; ours colour, row, column. */
    private Tensor coloursFirst(Tensor x) {
        ImageConfig image = image();
        return x.reshape(image.patch(), image.patch(), image.channels(), -1)
                .permute(2, 0, 1, 3)
                .reshape(x.shape());
    }
}
