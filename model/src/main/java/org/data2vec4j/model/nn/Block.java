package org.data2vec4j.model.nn;

import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** A transformer block: attention and feed-forward branches with residual sums and norms. */
public final class Block extends Module {
    private final LayerNorm norm1;
    private final Attention attn;
    private final LayerNorm norm2;
    private final FeedForward mlp;
    private final @Nullable Parameter scale1;
    private final @Nullable Parameter scale2;
    private final BlockConfig config;
    private final double dropPath;

    /** What a block gives: its output, and the feed-forward branch before the residual sum, which is data2vec's target. */
    public record Output(Tensor tokens_BTD, Tensor feedForward_BTD) {}

    /** Told of the outputs of blocks, one by one, while a stack computes them. */
    @FunctionalInterface
    public interface Visitor {
        /** Looks at nothing. */
        Visitor NONE = (block, output) -> {};

        /**
         * A block is done.
         *
         * @param block its number in the whole encoder, pre-net first
         * @param output valid until this method returns
         */
        void visit(int block, Output output);
    }

    /** A block whose branches are skipped with probability {@code dropPath} while training. */
    public Block(BlockConfig config, double dropPath) {
        this.config = config;
        this.dropPath = dropPath;
        this.norm1 = child("norm1", new LayerNorm(config.width(), config.normEpsilon()));
        this.attn = child("attn", new Attention(config.width(), config.heads(), config.attentionDropout()));
        this.norm2 = child("norm2", new LayerNorm(config.width(), config.normEpsilon()));
        int hidden = (int) Math.round(config.width() * config.mlpRatio());
        this.mlp = child("mlp", new FeedForward(config.width(), hidden, config.activationDropout()));
        this.scale1 = scale("scale1");
        this.scale2 = scale("scale2");
    }

    private @Nullable Parameter scale(String name) {
        double initial = config.layerScale();
        return initial == 0 ? null : parameterWithoutDecay(name, new Init.Constant(initial), config.width());
    }

    /** Runs the block over (B, T, D) tokens, with an optional bias on attention scores. */
    public Output forward(Tensor x_BTD, @Nullable Tensor bias) {
        if (config.norm() == NormPlacement.POST) {
            Tensor attended = norm1.forward(x_BTD.add(drop(dropout(scaled(attn.forward(x_BTD, bias), scale1)))));
            Tensor branch = scaled(mlp.forward(attended), scale2);
            return new Output(norm2.forward(attended.add(drop(dropout(branch)))), branch);
        }
        Tensor attended = x_BTD.add(drop(dropout(scaled(attn.forward(norm1.forward(x_BTD), bias), scale1))));
        Tensor branch = scaled(mlp.forward(norm2.forward(attended)), scale2);
        // The reference overwrites the residual with the branch: what its weights were trained with.
        Tensor residual = config.norm() == NormPlacement.PRE ? attended : branch;
        return new Output(residual.add(drop(dropout(branch))), branch);
    }

    /** How much each token takes of each other in this block's attention, (B, H, T, T), for what {@link #forward} is given. */
    public Tensor attention(Tensor x_BTD, @Nullable Tensor bias) {
        return attn.weights(config.norm() == NormPlacement.POST ? x_BTD : norm1.forward(x_BTD), bias);
    }

    private static Tensor scaled(Tensor branch, @Nullable Parameter scale) {
        return scale == null ? branch : branch.mul(scale.value());
    }

    private Tensor dropout(Tensor branch) {
        return F.dropout(branch, training() ? config.dropout() : 0);
    }

    private Tensor drop(Tensor branch) {
        return F.dropPath(branch, training() ? dropPath : 0);
    }
}
