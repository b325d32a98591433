package org.data2vec4j.model.encoder;

import java.util.List;
import org.data2vec4j.model.mask.Grid;
import org.data2vec4j.model.nn.AttentionBias;
import org.data2vec4j.model.nn.Module;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;

/** A bias on attention scores that depends on where two positions are. Shapes: E extra tokens, put before the others. */
public abstract class PositionBias extends Module {
    /** For rows that show the whole grid: each block's is (1, H, E + T, E + T). */
    public abstract AttentionBias whole(Grid grid, int extra, Device device);

    /** For the visible positions of each row: each block's is (R, H, E + V, E + V). */
    public abstract AttentionBias visible(MaskIndices view, int extra);

    /** (R, H, T, T) with 0 for extra tokens, which are nowhere: (R, H, E + T, E + T). */
    static Tensor withExtra(Tensor bias_RHTT, int extra) {
        return extra == 0 ? bias_RHTT : before(before(bias_RHTT, 3, extra), 2, extra);
    }

    /** {@code scores} behind so many zeros. */
    static Tensor before(Tensor scores, int dim, int zeros) {
        long[] shape = scores.shape();
        shape[dim] = zeros;
        return Tensors.cat(List.of(Tensors.zeros(scores.type(), scores.device(), shape), scores), dim);
    }
}
