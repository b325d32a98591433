package org.data2vec4j.model.nn;

import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Multi-head self-attention (Vaswani et al., 2017). Shapes: B batch, T positions, D width, H heads, d = D/H. */
final class Attention extends Module {
    private final Linear qkv;
    private final Linear proj;
    private final int heads;
    private final double dropout;

    /** Attention of {@code heads} heads over {@code width} features; heads divide width; dropout is on the weights. */
    public Attention(int width, int heads, double dropout) {
        this.qkv = child("qkv", Linear.bert(width, 3L * width));
        this.proj = child("proj", Linear.bert(width, width));
        this.heads = heads;
        this.dropout = dropout;
    }

    /**
     * Mixes positions.
     *
     * @param x_BTD tokens
     * @param bias added to the scores, broadcast to (B, H, T, T), or null
     * @return (B, T, D)
     */
    public Tensor forward(Tensor x_BTD, @Nullable Tensor bias) {
        long batch = x_BTD.size(0);
        long positions = x_BTD.size(1);
        long width = x_BTD.size(2);
        Tensor[] parts_BHTd = parts(x_BTD);
        Tensor mixed_BHTd = F.attention(parts_BHTd[0], parts_BHTd[1], parts_BHTd[2], bias, training() ? dropout : 0);
        return proj.forward(mixed_BHTd.transpose(1, 2).reshape(batch, positions, width));
    }

    /** How much each position takes of each other, (B, H, T, T); rows sum to one. Arguments as of {@link #forward}. */
    Tensor weights(Tensor x_BTD, @Nullable Tensor bias) {
        double width = (double) x_BTD.size(2) / heads;
        Tensor[] parts_BHTd = parts(x_BTD);
        Tensor scores_BHTT = parts_BHTd[0].mul(1 / Math.sqrt(width)).matmul(parts_BHTd[1].transpose(2, 3));
        return (bias == null ? scores_BHTT : scores_BHTT.add(bias)).softmax(3);
    }

    /** Queries, keys and values, (B, H, T, d) each. */
    private Tensor[] parts(Tensor x_BTD) {
        // Taken apart at once: the gradients of the three parts are then written side by side, once, and not summed.
        Tensor[] parts_BTHd = qkv.forward(x_BTD)
                .view(x_BTD.size(0), x_BTD.size(1), 3, heads, x_BTD.size(2) / heads)
                .unbind(2);
        return new Tensor[] {parts_BTHd[0].transpose(1, 2), parts_BTHd[1].transpose(1, 2), parts_BTHd[2].transpose(1, 2)
        };
    }
}
