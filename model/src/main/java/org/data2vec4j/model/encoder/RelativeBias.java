package org.data2vec4j.model.encoder;

import java.util.Arrays;
import org.data2vec4j.model.mask.Grid;
import org.data2vec4j.model.nn.AttentionBias;
import org.data2vec4j.model.nn.Init;
import org.data2vec4j.model.nn.Parameter;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;

/**
 * A learned number for every distance in rows and columns, head by head (BEiT, Bao et al., 2021, after Swin). Distances beyond the
 * table's reach count as its farthest. Extra tokens have three numbers: for what they see, for what sees them, and among
 * themselves. Shapes: L blocks, or 1 for all; N entries; R rows, H heads, T positions, V visible, E extra tokens.
 */
final class RelativeBias extends PositionBias {
    private static final int FROM_EXTRA = 3;
    private static final int TO_EXTRA = 2;
    private static final int AMONG_EXTRA = 1;

    private final int reach;
    private final long entries;
    private final Parameter table_LNH;

    RelativeBias(AttentionBiasConfig.Relative config, int heads, int blocks) {
        this.reach = config.reach();
        int side = 2 * reach + 1;
        this.entries = (long) side * side + 3;
        this.table_LNH = parameterWithoutDecay("table", Init.ZEROS, config.perBlock() ? blocks : 1, entries, heads);
    }

    @Override
    public AttentionBias whole(Grid grid, int extra, Device device) {
        float[] places = new float[grid.size()];
        for (int t = 0; t < places.length; t++) {
            places[t] = t;
        }
        return over(places, 1, grid, extra, device);
    }

    @Override
    public AttentionBias visible(MaskIndices view, int extra) {
        VisibleEntries visible = VisibleEntries.of(view.masks());
        return over(
                visible.positions(),
                view.rows(),
                view.grid(),
                extra,
                view.positions().device());
    }

    private AttentionBias over(float[] places, int rows, Grid grid, int extra, Device device) {
        int size = places.length / rows;
        long[] wanted = new long[rows * (extra + size) * (extra + size)];
        for (int row = 0; row < rows; row++) {
            int[] shown = new int[extra + size];
            Arrays.fill(shown, 0, extra, -1);
            for (int i = 0; i < size; i++) {
                shown[extra + i] = (int) places[row * size + i];
            }
            fill(wanted, row * shown.length * shown.length, shown, grid);
        }
        Tensor entries_REE =
                Tensors.of(wanted, rows, extra + size, extra + size).to(device);
        if (table_LNH.shape()[0] == 1) {
            return AttentionBias.everywhere(of(entries_REE, 0));
        }
        return block -> of(entries_REE, block);
    }

    /** The entries of all pairs of one row's tokens, extra ones given as −1. */
    private void fill(long[] wanted, int start, int[] shown, Grid grid) {
        int n = start;
        for (int from : shown) {
            for (int to : shown) {
                if (from < 0) {
                    wanted[n++] = entries - (to < 0 ? AMONG_EXTRA : FROM_EXTRA);
                } else {
                    wanted[n++] = to < 0 ? entries - TO_EXTRA : entry(from, to, grid.width());
                }
            }
        }
    }

    private long entry(int from, int to, int width) {
        int down = clamped(from / width - to / width);
        int right = clamped(from % width - to % width);
        return (down + reach) * (2L * reach + 1) + right + reach;
    }

    private int clamped(int distance) {
        return Math.max(-reach, Math.min(reach, distance));
    }

    private Tensor of(Tensor entries_REE, int block) {
        Tensor table_NH = table_LNH.value().select(0, block);
        return F.embedding(table_NH, entries_REE, -1).permute(0, 3, 1, 2).contiguous();
    }
}
