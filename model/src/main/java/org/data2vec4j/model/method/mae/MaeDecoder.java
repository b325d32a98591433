package org.data2vec4j.model.method.mae;

import java.util.List;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.GridPositions;
import org.data2vec4j.model.encoder.MaskIndices;
import org.data2vec4j.model.nn.AttentionBias;
import org.data2vec4j.model.nn.Block;
import org.data2vec4j.model.nn.Blocks;
import org.data2vec4j.model.nn.Init;
import org.data2vec4j.model.nn.LayerNorm;
import org.data2vec4j.model.nn.Linear;
import org.data2vec4j.model.nn.Module;
import org.data2vec4j.model.nn.Parameter;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;

/**
 * Predicts the pixels of masked patches from the encoded visible ones (He et al., 2021, section 3, "MAE decoder"): one learned
 * vector stands in every masked place, fixed positions are added everywhere but at extra tokens, which take part. Shapes: R rows,
 * E extra tokens, V visible, T positions, N masked in all, C decoder width, P values of a patch.
 */
final class MaeDecoder extends Module {
    private final MaeDecoderConfig config;
    private final GridPositions positions;
    private final Linear embed;
    private final Parameter maskToken;
    private final Blocks blocks;
    private final LayerNorm norm;
    private final Linear pixels;

    MaeDecoder(MaeDecoderConfig config, int tokenWidth, int pieceSize, GridPositions positions) {
        this.config = config;
        this.positions = positions;
        this.embed = child("embed", Linear.xavier(tokenWidth, config.width()));
        this.maskToken = parameterWithoutDecay("mask_token", new Init.Normal(0.02), 1, 1, config.width());
        this.blocks = child("main", new Blocks(config.block(), config.depth(), 0, config.depth()));
        this.norm = child("norm", new LayerNorm(config.width(), config.block().normEpsilon()));
        this.pixels = child("pixels", Linear.xavier(config.width(), pieceSize));
    }

    /** (N, P) predictions for the masked places, in the order of {@link MaskIndices#masked()}, float32. */
    Tensor forward(Encoder.Output encoded, MaskIndices view) {
        int extra = encoded.extraTokens();
        Tensor x_REVC = embed.forward(encoded.features_BTD()).to(DType.F32);
        Tensor x_RTC = everywhere(Encoder.withoutExtra(x_REVC, extra), view);
        Tensor x_RETC = extra == 0 ? x_RTC : Tensors.cat(List.of(x_REVC.narrow(1, 0, extra), x_RTC), 1);
        List<Block.Output> outputs = blocks.forward(x_RETC, AttentionBias.NONE);
        Tensor last_RTC = Encoder.withoutExtra(outputs.get(outputs.size() - 1).tokens_BTD(), extra);
        // Norm and projection work place by place: only masked ones are needed.
        Tensor last_NC = last_RTC.reshape(-1, config.width()).indexSelect(0, view.masked());
        return pixels.forward(norm.forward(last_NC)).to(DType.F32);
    }

    /** (R, T, C): visible tokens in their places, the mask token in the others, positions added. */
    private Tensor everywhere(Tensor visible_RVC, MaskIndices view) {
        long places = (long) view.rows() * view.grid().size();
        Tensor masked = maskToken.value().view(1, -1).expand(places, -1);
        return view.scatter(visible_RVC, masked)
                .view(view.rows(), view.grid().size(), config.width())
                .add(positions.of(view.grid(), visible_RVC.device()));
    }
}
