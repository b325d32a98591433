package org.data2vec4j.model.mask;

import org.data2vec4j.core.Kind;
import org.data2vec4j.core.Rng;

/**
 * Visible blocks: {@code int(T·(1−ratio+adjust)/area)} blocks, at least one, are shown where they fall, overlaps allowed; then
 * positions chosen uniformly are shown or hidden until exactly {@code int(T·(1−ratio))} are visible, and the rest is masked. The
 * student gets whole patches of context to predict from (data2vec 2.0, arXiv 2212.07525, "inverse block masking").
 *
 * @param ratio the masked share, above 0 and below 1
 * @param length a block's side in positions, at least 1; a side longer than the grid's is the grid's
 * @param adjust share added to {@code 1−ratio} when blocks are counted, because they overlap; 0 to 1
 * @param edges what happens to a block at the border
 */
@Kind("inverse_block")
public record InverseBlockMask(double ratio, int length, double adjust, BlockEdges edges) implements MaskStrategy {
    /** Throws a {@link org.data2vec4j.core.UserException} naming the field and its legal range. */
    public InverseBlockMask {
        BlockSampler.check(ratio, length, adjust);
    }

    /** The law with {@link BlockEdges#UNBIASED} blocks. */
    public InverseBlockMask(double ratio, int length, double adjust) {
        this(ratio, length, adjust, BlockEdges.UNBIASED);
    }

    /** What a recipe that leaves settings out gets. */
    public static InverseBlockMask defaults() {
        return new InverseBlockMask(0.8, 3, 0.07);
    }

    @Override
    public int masked(Grid grid) {
        int size = grid.size();
        return MaskCounts.maskedOf(size, size - MaskCounts.truncate(size * (1 - ratio)));
    }

    @Override
    public boolean[] draw(Grid grid, Rng rng) {
        boolean[] flags = BlockSampler.cover(grid, length, edges, 1 - ratio + adjust, rng); // true: visible
        BlockSampler.resize(flags, grid.size() - masked(grid), rng);
        for (int t = 0; t < flags.length; t++) {
            flags[t] = !flags[t]; // true: masked
        }
        return flags;
    }
}
