package org.data2vec4j.model.nn;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/** A stack of blocks, whose every intermediate can be had. */
public final class Blocks extends Module {
    private final List<Block> blocks;
    private final int first;
    private final double layerDrop;

    /** {@link #Blocks(BlockConfig, int, int, int, double)} that are never skipped. */
    public Blocks(BlockConfig config, int depth, int first, int total) {
        this(config, depth, first, total, 0);
    }

    /**
     * {@code depth} blocks, the {@code first}-th of {@code total} in the whole encoder, which sets their drop-path share.
     *
     * @param layerDrop probability that a block is skipped in a training step (Fan et al., 2019)
     */
    public Blocks(BlockConfig config, int depth, int first, int total, double layerDrop) {
        this.first = first;
        this.layerDrop = layerDrop;
        List<Block> made = new ArrayList<>();
        for (int i = 0; i < depth; i++) {
            double share = total > 1 ? (first + i) / (double) (total - 1) : 0;
            made.add(new Block(config, config.dropPath() * share));
        }
        blocks = children("blocks", made);
    }

    /** The blocks, in order. */
    public List<Block> all() {
        return blocks;
    }

    /** How many blocks there are. */
    public int depth() {
        return blocks.size();
    }

    /** The output of every block over (B, T, D) tokens, in order; the last one's tokens are the stack's. Skipped blocks give none. */
    public List<Block.Output> forward(Tensor x_BTD, AttentionBias bias) {
        List<Block.Output> outputs = new ArrayList<>(blocks.size());
        Tensor x = x_BTD;
        for (int i = 0; i < blocks.size(); i++) {
            if (training() && layerDrop > 0 && Tensors.bernoulli(layerDrop)) {
                continue;
            }
            Block.Output output = lean(blocks.get(i), x, bias.of(first + i));
            outputs.add(output);
            x = output.tokens_BTD();
        }
        return outputs;
    }

    /**
     * The tokens behind the stack. Where nothing is recorded for gradients, a block's outputs are freed when the next block is done:
     * the visitor may use them only while it is called.
     *
     * @param visitor told of every block's output, in order
     */
    public Tensor forward(Tensor x_BTD, AttentionBias bias, Block.Visitor visitor) {
        Tensor x = x_BTD;
        for (int i = 0; i < blocks.size(); i++) {
            if (training() && layerDrop > 0 && Tensors.bernoulli(layerDrop)) {
                continue;
            }
            Block.Output output = lean(blocks.get(i), x, bias.of(first + i));
            visitor.visit(first + i, output);
            if (!Grad.isRecorded()) {
                output.feedForward_BTD().free();
                if (x != x_BTD) {
                    x.free();
                }
            }
            x = output.tokens_BTD();
        }
        return x;
    }

    /** The bias is made outside: blocks may share it. */
    private static Block.Output lean(Block block, Tensor x_BTD, @Nullable Tensor bias) {
        if (Grad.isRecorded()) {
            return block.forward(x_BTD, bias);
        }
        try (Scope pass = Scope.open()) {
            Block.Output output = block.forward(x_BTD, bias);
            pass.keep(output.tokens_BTD());
            pass.keep(output.feedForward_BTD());
            return output;
        }
    }
}
