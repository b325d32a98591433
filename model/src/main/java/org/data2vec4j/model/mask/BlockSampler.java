package org.data2vec4j.model.mask;

import org.data2vec4j.core.Check;
import org.data2vec4j.core.Rng;

/** The two moves the masking laws are made of: cover a grid with random blocks, then resize the covered set. */
final class BlockSampler {
    private static final int LONGEST = 1 << 15; // its square is an int

    private BlockSampler() {}

    static void check(double ratio, int length, double adjust) {
        MaskCounts.checkRatio(ratio);
        Check.inRange("length", length, 1, LONGEST);
        Check.inRange("adjust", adjust, 0, 1);
    }

    /** Flags set by blocks at uniformly drawn places: as many as make up {@code share} of the grid by area, at least one. */
    static boolean[] cover(Grid grid, int length, BlockEdges edges, double share, Rng rng) {
        boolean[] flags = new boolean[grid.size()];
        int blocks = Math.max(1, MaskCounts.truncate(grid.size() * share / edges.area(grid, length)));
        for (int i = 0; i < blocks; i++) {
            edges.mark(flags, grid, length, rng.nextInt(grid.size()));
        }
        return flags;
    }

    /** Sets or clears flags, each candidate equally likely, until exactly {@code count} are set. */
    static void resize(boolean[] flags, int count, Rng rng) {
        int set = 0;
        for (boolean flag : flags) {
            set += flag ? 1 : 0;
        }
        if (set == count) {
            return;
        }
        boolean from = set > count;
        int[] candidates = new int[from ? set : flags.length - set];
        int n = 0;
        for (int t = 0; t < flags.length; t++) {
            if (flags[t] == from) {
                candidates[n++] = t;
            }
        }
        int moves = Math.abs(set - count);
        rng.shuffle(candidates, moves);
        for (int i = 0; i < moves; i++) {
            flags[candidates[i]] = !from;
        }
    }
}
