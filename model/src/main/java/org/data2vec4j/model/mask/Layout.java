package org.data2vec4j.model.mask;

import java.util.Arrays;
import org.data2vec4j.core.UserException;
import org.jspecify.annotations.Nullable;

/**
 * How the positions of a batch lie: B samples on one grid of T positions, of which a sample may fill only the first ones, the
 * rest being padding. Plain numbers; what a network makes of them is its own affair.
 */
public final class Layout {
    private final Grid grid;
    private final int samples;
    private final int @Nullable [] lengths;
    private final boolean @Nullable [] fixed;
    private final Compat compat;

    private Layout(Grid grid, int samples, int @Nullable [] lengths, boolean @Nullable [] fixed, Compat compat) {
        this.grid = grid;
        this.samples = samples;
        this.lengths = lengths;
        this.fixed = fixed;
        this.compat = compat;
    }

    /** Samples that fill the whole grid. */
    public static Layout of(Grid grid, int samples) {
        return new Layout(grid, samples, null, null, Compat.NONE);
    }

    /**
     * Sequences of different lengths.
     *
     * @param positions T, at least the longest length
     * @param lengths the positions that each sample fills, at least 1; copied
     * @param compat how padding is treated
     * @throws UserException naming the first sample that has no position or too many
     */
    public static Layout padded(int positions, int[] lengths, Compat compat) {
        boolean full = true;
        for (int i = 0; i < lengths.length; i++) {
            if (lengths[i] < 1 || lengths[i] > positions) {
                throw new UserException("sample " + i + " of a batch fills " + lengths[i] + " of " + positions
                        + " positions; allowed: 1 to " + positions + "; leave out inputs that are too short");
            }
            full &= lengths[i] == positions;
        }
        return new Layout(Grid.row(positions), lengths.length, full ? null : lengths.clone(), null, compat);
    }

    /**
     * The same layout with positions that are never masked, such as special tokens.
     *
     * @param positions B·T flags, true where a position stays visible; copied
     */
    public Layout withFixed(boolean[] positions) {
        if (positions.length != (long) samples * grid.size()) {
            throw new IllegalArgumentException(positions.length + " flags for " + samples + " samples on " + grid);
        }
        return new Layout(grid, samples, lengths, positions.clone(), compat);
    }

    /** The grid that all samples share. */
    public Grid grid() {
        return grid;
    }

    /** B. */
    public int samples() {
        return samples;
    }

    /** How many positions a sample fills. */
    public int length(int sample) {
        return lengths == null ? grid.size() : lengths[sample];
    }

    /** Whether any sample has padding. */
    public boolean padded() {
        return lengths != null;
    }

    /** Whether padding is kept out of statistics and convolutions, not only out of attention. */
    public boolean excludesPadding() {
        return lengths != null && compat == Compat.NONE;
    }

    /** Whether padding is input like any other, but tokens there are 0. */
    public boolean clearsPadding() {
        return lengths != null && compat == Compat.FAIRSEQ_WAV2VEC;
    }

    /** Whether every position of every sample may be masked. */
    public boolean everywhere() {
        return lengths == null && fixed == null;
    }

    /** The positions of a sample that may be masked, ascending. */
    public int[] maskable(int sample) {
        int[] found = new int[length(sample)];
        int n = 0;
        for (int t = 0; t < found.length; t++) {
            if (fixed == null || !fixed[sample * grid.size() + t]) {
                found[n++] = t;
            }
        }
        return Arrays.copyOf(found, n);
    }
}
