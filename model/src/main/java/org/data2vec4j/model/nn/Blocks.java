package org.data2vec4j.model.nn;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** A stack of blocks, whose every intermediate can be had. */
public final class Blocks extends Module {
    private final List<Block> blocks;

    /**
     * {@code depth} blocks, the {@code first}-th of {@code total} in the whole encoder, which sets their drop-path share.
     */
    public Blocks(BlockConfig config, int depth, int first, int total) {
        List<Block> made = new ArrayList<>();
        for (int i = 0; i < depth; i++) {
            double share = total > 1 ? (first + i) / (double) (total - 1) : 0;
            made.add(new Block(config, config.dropPath() * share));
        }
        blocks = children("blocks", made);
    }

    /** How many blocks there are. */
    public int depth() {
        return blocks.size();
    }

    /** The output of every block over (B, T, D) tokens, in order; the last one's tokens are the stack's. */
    public List<Block.Output> forward(Tensor x_BTD, @Nullable Tensor bias) {
        List<Block.Output> outputs = new ArrayList<>(blocks.size());
        Tensor x = x_BTD;
        for (Block block : blocks) {
            Block.Output output = block.forward(x, bias);
            outputs.add(output);
            x = output.tokens_BTD();
        }
        return outputs;
    }
}
