package org.data2vec4j.model.decoder;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.encoder.MaskIndices;
import org.data2vec4j.model.nn.FeedForward;
import org.data2vec4j.model.nn.LayerNorm;
import org.data2vec4j.model.nn.Linear;
import org.data2vec4j.model.nn.Module;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Tensor;

/** Cross-attention blocks from masked places to visible tokens. Shapes: R rows, N masked, V visible, C decoder width, H heads. */
final class CrossAttentionDecoder extends Decoder {
    private final CrossAttentionDecoderConfig config;
    private final Linear input;
    private final List<CrossBlock> blocks;
    private final Linear proj;

    CrossAttentionDecoder(CrossAttentionDecoderConfig config, int tokenWidth) {
        this.config = config;
        this.input = child("input", Linear.bert(tokenWidth, config.width()));
        List<CrossBlock> made = new ArrayList<>();
        for (int i = 0; i < config.layers(); i++) {
            made.add(new CrossBlock(config.width(), config.heads()));
        }
        this.blocks = children("blocks", made);
        this.proj = child("proj", Linear.standard(config.width(), tokenWidth));
    }

    @Override
    public Tensor forward(Tensor visible_RVD, MaskIndices view) {
        if (!view.layout().everywhere()) {
            throw new UserException("decoder.kind cross_attention needs inputs that all have the same places to mask;"
                    + " use conv or transformer for inputs of different lengths");
        }
        int width = config.width();
        Tensor memory_RVC = input.forward(visible_RVD).add(view.visibleOfRows(everywhere(view)));
        Tensor query_RNC = everywhere(view)
                .reshape(-1, width)
                .indexSelect(0, view.masked())
                .view(view.rows(), -1, width);
        if (config.noise() > 0) {
            query_RNC = query_RNC.add(
                    noise(view, width, config.noise(), query_RNC.device()).view(query_RNC.shape()));
        }
        for (CrossBlock block : blocks) {
            query_RNC = block.forward(query_RNC, memory_RVC);
        }
        return proj.forward(query_RNC.reshape(-1, width));
    }

    /** (R, T, C): the positions of the clones' places. */
    private Tensor everywhere(MaskIndices view) {
        return TransformerDecoder.positions(view, config.width()).unsqueeze(0).expand(view.rows(), -1, -1);
    }

    /** Post-norm cross-attention and feed-forward branches. */
    private static final class CrossBlock extends Module {
        private final Linear query;
        private final Linear keyValue;
        private final Linear proj;
        private final LayerNorm norm1;
        private final FeedForward mlp;
        private final LayerNorm norm2;
        private final int heads;

        CrossBlock(int width, int heads) {
            this.heads = heads;
            this.query = child("query", Linear.bert(width, width));
            this.keyValue = child("key_value", Linear.bert(width, 2L * width));
            this.proj = child("proj", Linear.bert(width, width));
            this.norm1 = child("norm1", new LayerNorm(width, 1e-6));
            this.mlp = child("mlp", new FeedForward(width, 4 * width, 0));
            this.norm2 = child("norm2", new LayerNorm(width, 1e-6));
        }

        Tensor forward(Tensor x_RNC, Tensor memory_RVC) {
            long width = x_RNC.size(2);
            long head = width / heads;
            long rows = x_RNC.size(0);
            Tensor q_RHNd = query.forward(x_RNC).view(rows, -1, heads, head).transpose(1, 2);
            Tensor kv_2RHVd =
                    keyValue.forward(memory_RVC).view(rows, -1, 2, heads, head).permute(2, 0, 3, 1, 4);
            Tensor mixed = F.attention(q_RHNd, kv_2RHVd.select(0, 0), kv_2RHVd.select(0, 1), null, 0);
            Tensor y =
                    norm1.forward(x_RNC.add(proj.forward(mixed.transpose(1, 2).reshape(rows, -1, width))));
            return norm2.forward(y.add(mlp.forward(y)));
        }
    }
}
