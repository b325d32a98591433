package org.data2vec4j.model.mask;

import org.data2vec4j.core.Rng;
import org.data2vec4j.core.UserException;

/**
 * The masks of B samples × M clones on one grid: R = B·M rows of T positions, a sample's clones adjacent, the same number V of
 * positions visible and N = T−V masked in every row. The index arrays are what gathers and scatters of a training step take;
 * they are shared, not copied: read them only.
 *
 * <p>A drawn row is a function of (seed, update, sample id, clone) alone: the same whatever its neighbours in the batch, their
 * order, or the number of workers.
 */
public final class MaskBatch {
    private static final long PURPOSE = 0x6D61736BL; // "mask": keeps these streams apart from other uses of the seed

    private final Grid grid;
    private final int clones;
    private final int rows;
    private final int visible;
    private final boolean[] flags;
    private final long[] visibleIndex;
    private final long[] maskedIndex;
    private final long[] restore;

    private MaskBatch(boolean[] flags, Grid grid, int clones, int visible) {
        int size = grid.size();
        this.grid = grid;
        this.clones = clones;
        this.rows = flags.length / size;
        this.visible = visible;
        this.flags = flags;
        this.visibleIndex = new long[rows * visible];
        this.maskedIndex = new long[rows * (size - visible)];
        this.restore = new long[flags.length];
        int v = 0;
        int m = 0;
        for (int row = 0; row < rows; row++) {
            long seen = 0;
            long hidden = 0;
            for (int t = 0; t < size; t++) {
                if (flags[row * size + t]) {
                    restore[row * size + t] = visible + hidden++;
                    maskedIndex[m++] = t;
                } else {
                    restore[row * size + t] = seen++;
                    visibleIndex[v++] = t;
                }
            }
        }
    }

    /**
     * Masks drawn by a law: row {@code sample·clones + clone}, from the stream keyed by (seed, update, id of the sample, clone).
     *
     * @param law the masking law
     * @param grid the positions of every sample
     * @param seed the run's seed
     * @param update 0-based index of the update about to be made
     * @param ids B sample ids, stable over epochs
     * @param clones M, masks per sample, at least 1
     * @throws IllegalArgumentException if there are no ids or no clones
     */
    public static MaskBatch draw(MaskLaw law, Grid grid, long seed, long update, long[] ids, int clones) {
        if (ids.length == 0 || clones < 1) {
            throw new IllegalArgumentException("masks for " + ids.length + " samples × " + clones + " clones");
        }
        int size = grid.size();
        boolean[] flags = new boolean[Math.multiplyExact(Math.multiplyExact(ids.length, clones), size)];
        for (int row = 0; row < ids.length * clones; row++) {
            Rng rng = Rng.of(seed, PURPOSE, update, ids[row / clones], row % clones);
            System.arraycopy(law.draw(grid, rng), 0, flags, row * size, size);
        }
        return new MaskBatch(flags, grid, clones, size - law.masked(grid));
    }

    /**
     * Given masks, such as those of a golden case.
     *
     * @param rows R·T flags, row by row, true where masked; copied
     * @param grid the positions of every row
     * @param clones M, rows per sample, at least 1
     * @throws UserException if the flags are not whole samples of this grid, or two rows mask different numbers of positions
     */
    public static MaskBatch of(boolean[] rows, Grid grid, int clones) {
        int size = grid.size();
        if (clones < 1 || rows.length == 0 || rows.length % ((long) size * clones) != 0) {
            throw new UserException("masks have " + rows.length + " flags; allowed: a positive multiple of " + clones
                    + " clones × " + size + " positions (grid " + grid + ")");
        }
        int first = masked(rows, 0, size);
        for (int row = 1; row < rows.length / size; row++) {
            int masked = masked(rows, row, size);
            if (masked != first) {
                throw new UserException("masks: row " + row + " masks " + masked + " of " + size
                        + " positions and row 0 masks " + first + "; every row must mask as many");
            }
        }
        return new MaskBatch(rows.clone(), grid, clones, size - first);
    }

    private static int masked(boolean[] flags, int row, int size) {
        int count = 0;
        for (int t = 0; t < size; t++) {
            count += flags[row * size + t] ? 1 : 0;
        }
        return count;
    }

    /** The positions of every row. */
    public Grid grid() {
        return grid;
    }

    /** M, the rows of each sample. */
    public int clones() {
        return clones;
    }

    /** B, the samples. */
    public int samples() {
        return rows / clones;
    }

    /** R = B·M. */
    public int rows() {
        return rows;
    }

    /** V, the visible positions of each row. */
    public int visible() {
        return visible;
    }

    /** N, the masked positions of each row. */
    public int masked() {
        return grid.size() - visible;
    }

    /** Whether a row masks a position, both 0-based. */
    public boolean masked(int row, int position) {
        return flags[row * grid.size() + position];
    }

    /** R×V: the visible positions of each row, ascending within the row. */
    public long[] visibleIndex() {
        return visibleIndex;
    }

    /** R×N: the masked positions of each row, ascending within the row. */
    public long[] maskedIndex() {
        return maskedIndex;
    }

    /** R×T: for each position its place in the row's list [visible…, masked…]; gathering that list by it restores the order. */
    public long[] restore() {
        return restore;
    }

    /** The realised masked share N/T. */
    public double share() {
        return (double) masked() / grid.size();
    }
}
