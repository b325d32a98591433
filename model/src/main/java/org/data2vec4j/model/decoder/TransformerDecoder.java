package org.data2vec4j.model.decoder;

import java.util.List;
import org.data2vec4j.model.encoder.MaskIndices;
import org.data2vec4j.model.encoder.Padding;
import org.data2vec4j.model.encoder.SinCosPositions;
import org.data2vec4j.model.nn.AttentionBias;
import org.data2vec4j.model.nn.Block;
import org.data2vec4j.model.nn.BlockConfig;
import org.data2vec4j.model.nn.Blocks;
import org.data2vec4j.model.nn.Linear;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;

/** Self-attention blocks over all positions, masked ones filled with noise and told apart by their position. */
final class TransformerDecoder extends Decoder {
    private final TransformerDecoderConfig config;
    private final Linear input;
    private final Blocks blocks;
    private final Linear proj;

    TransformerDecoder(TransformerDecoderConfig config, int tokenWidth) {
        this.config = config;
        this.input = child("input", Linear.bert(tokenWidth, config.width()));
        this.blocks = child(
                "blocks",
                new Blocks(BlockConfig.of(config.width(), config.heads()), config.layers(), 0, config.layers()));
        this.proj = child("proj", Linear.standard(config.width(), tokenWidth));
    }

    @Override
    public Tensor forward(Tensor visible_RVD, MaskIndices view) {
        Tensor x_RTC = filled(input.forward(visible_RVD), view, config.noise())
                .view(view.rows(), view.grid().size(), config.width())
                .add(positions(view, config.width()));
        AttentionBias unseen = AttentionBias.everywhere(
                Padding.scores(view.layout(), view.masks().clones(), visible_RVD.device()));
        List<Block.Output> outputs = blocks.forward(x_RTC, unseen);
        Tensor last_RTC = outputs.get(outputs.size() - 1).tokens_BTD();
        return proj.forward(last_RTC.reshape(-1, config.width()).indexSelect(0, view.masked()));
    }

    /** (T, C) fixed positions for the grid. */
    static Tensor positions(MaskIndices view, int width) {
        return Tensors.of(SinCosPositions.table(view.grid(), width), view.grid().size(), width)
                .to(view.masked().device());
    }
}
