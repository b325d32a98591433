package org.data2vec4j.model.mask;

import org.data2vec4j.core.Rng;
import org.data2vec4j.core.UserException;
import org.jspecify.annotations.Nullable;

/**
 * The masks of B samples × M clones on one layout: R = B·M rows of T positions, a sample's clones adjacent. Every position of a
 * row is visible, masked or (where padding is excluded) neither. Rows of samples without padding show and mask equally many.
 *
 * <p>A drawn row is a function of (seed, update, sample id, clone) and the sample's own positions alone: the same whatever its
 * neighbours in the batch, their order and lengths, or the number of workers.
 */
public final class MaskBatch {
    private static final long PURPOSE = 0x6D61736BL; // "mask": keeps these streams apart from other uses of the seed
    private static final long FILLING = 0x66696C6CL; // "fill"

    private final Layout layout;
    private final int clones;
    private final boolean[] flags;
    private final long @Nullable [] keys;

    private MaskBatch(boolean[] flags, Layout layout, int clones, long @Nullable [] keys) {
        this.layout = layout;
        this.clones = clones;
        this.flags = flags;
        this.keys = keys;
    }

    /** {@link #draw(MaskStrategy, Layout, long, long, long[], int)} for samples that fill the grid. */
    public static MaskBatch draw(MaskStrategy law, Grid grid, long seed, long update, long[] ids, int clones) {
        return draw(law, Layout.of(grid, ids.length), seed, update, ids, clones);
    }

    /**
     * Masks drawn by a law: row {@code sample·clones + clone}, from the stream keyed by (seed, update, id of the sample, clone).
     * A sample with padding or fixed positions is masked as the row of its other positions would be.
     *
     * @param law the masking law
     * @param layout the positions of every sample
     * @param seed the run's seed
     * @param update 0-based index of the update about to be made
     * @param ids B sample ids, stable over epochs
     * @param clones M, masks per sample, at least 1
     * @throws IllegalArgumentException if there are no ids, no clones, or another number of ids than of samples
     */
    public static MaskBatch draw(MaskStrategy law, Layout layout, long seed, long update, long[] ids, int clones) {
        if (ids.length == 0 || clones < 1 || ids.length != layout.samples()) {
            throw new IllegalArgumentException(
                    "masks for " + ids.length + " ids × " + clones + " clones, of " + layout.samples() + " samples");
        }
        int size = layout.grid().size();
        boolean[] flags = new boolean[Math.multiplyExact(Math.multiplyExact(ids.length, clones), size)];
        long[] keys = new long[ids.length * clones];
        for (int row = 0; row < ids.length * clones; row++) {
            Rng rng = Rng.of(seed, PURPOSE, update, ids[row / clones], row % clones);
            keys[row] = Rng.of(seed, FILLING, update, ids[row / clones], row % clones)
                    .nextLong();
            if (layout.everywhere()) {
                System.arraycopy(law.draw(layout.grid(), rng), 0, flags, row * size, size);
            } else {
                spread(law, layout.maskable(row / clones), rng, flags, row * size);
            }
        }
        return new MaskBatch(flags, layout, clones, keys);
    }

    private static void spread(MaskStrategy law, int[] positions, Rng rng, boolean[] flags, int start) {
        if (positions.length == 0) {
            return;
        }
        boolean[] drawn = law.draw(Grid.row(positions.length), rng);
        for (int i = 0; i < drawn.length; i++) {
            flags[start + positions[i]] = drawn[i];
        }
    }

    /** {@link #of(boolean[], Layout, int)} for samples that fill the grid. */
    public static MaskBatch of(boolean[] rows, Grid grid, int clones) {
        int perSample = Math.max(1, grid.size() * Math.max(1, clones));
        return of(rows, Layout.of(grid, rows.length / perSample), clones);
    }

    /**
     * Given masks, such as those of a golden case.
     *
     * @param rows R·T flags, row by row, true where masked; copied
     * @param layout the positions of every sample
     * @param clones M, rows per sample, at least 1
     * @throws UserException if the flags are not whole samples of this layout, or rows without padding mask different numbers
     */
    public static MaskBatch of(boolean[] rows, Layout layout, int clones) {
        int size = layout.grid().size();
        if (clones < 1 || rows.length == 0 || rows.length != (long) layout.samples() * size * clones) {
            throw new UserException("masks have " + rows.length + " flags; allowed: a positive multiple of " + clones
                    + " clones × " + size + " positions (grid " + layout.grid() + ")");
        }
        MaskBatch batch = new MaskBatch(rows.clone(), layout, clones, null);
        for (int row = 1; row < batch.rows() && layout.everywhere(); row++) {
            if (batch.masked(row) != batch.masked(0)) {
                throw new UserException("masks: row " + row + " masks " + batch.masked(row) + " of " + size
                        + " positions and row 0 masks " + batch.masked(0) + "; every row must mask as many");
            }
        }
        return batch;
    }

    /** The positions of every sample. */
    public Layout layout() {
        return layout;
    }

    /** The grid of every row. */
    public Grid grid() {
        return layout.grid();
    }

    /** M, the rows of each sample. */
    public int clones() {
        return clones;
    }

    /** B, the samples. */
    public int samples() {
        return layout.samples();
    }

    /** R = B·M. */
    public int rows() {
        return layout.samples() * clones;
    }

    /** Whether a row masks a position, both 0-based. */
    public boolean masked(int row, int position) {
        return flags[row * grid().size() + position];
    }

    /** Whether a row shows a position, both 0-based. */
    public boolean visible(int row, int position) {
        return !masked(row, position) && (!layout.excludesPadding() || position < layout.length(row / clones));
    }

    /** How many positions a row masks. */
    public int masked(int row) {
        return count(row, true);
    }

    /** How many positions a row shows. */
    public int visible(int row) {
        return count(row, false);
    }

    private int count(int row, boolean hidden) {
        int count = 0;
        for (int t = 0; t < grid().size(); t++) {
            count += (hidden ? masked(row, t) : visible(row, t)) ? 1 : 0;
        }
        return count;
    }

    /** V, the most positions that any row shows. */
    public int visible() {
        int most = 0;
        for (int row = 0; row < rows(); row++) {
            most = Math.max(most, visible(row));
        }
        return most;
    }

    /** All masked positions of all rows. */
    public int masked() {
        int total = 0;
        for (boolean flag : flags) {
            total += flag ? 1 : 0;
        }
        return total;
    }

    /** Whether rows were drawn, and so have a {@link #key}. */
    public boolean keyed() {
        return keys != null;
    }

    /** What keys anything random that is put into a drawn row's masked places: a function of what its mask is one of. */
    public long key(int row) {
        if (keys == null) {
            throw new IllegalStateException("given masks have no keys");
        }
        return keys[row];
    }

    /** The realised share: masked positions over masked and visible ones. */
    public double share() {
        return (double) masked() / positions();
    }

    /** Masked and visible positions of all rows. */
    public long positions() {
        long positions = 0;
        for (int row = 0; row < rows(); row++) {
            positions += layout.excludesPadding() ? layout.length(row / clones) : grid().size();
        }
        return positions;
    }
}
