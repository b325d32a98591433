package org.data2vec4j.model.mask;

import org.data2vec4j.core.Kind;
import org.data2vec4j.core.Rng;

/**
 * Masked blocks: {@code int(T·(ratio+adjust)/area)} blocks, at least one, are hidden where they fall, overlaps allowed; then
 * positions chosen uniformly are hidden or shown until exactly {@code int(T·ratio)} are masked. A row of positions (speech) gets
 * spans of {@code length}, a grid squares of {@code length×length} (data2vec 2.0, arXiv 2212.07525, table 9 for speech).
 *
 * @param ratio the masked share, above 0 and below 1
 * @param length a block's side in positions, at least 1; a side longer than the grid's is the grid's
 * @param adjust share added to {@code ratio} when blocks are counted, because they overlap; 0 to 1
 * @param edges what happens to a block at the border
 */
@Kind("block")
public record BlockMask(double ratio, int length, double adjust, BlockEdges edges) implements MaskStrategy {
    /** Throws a {@link org.data2vec4j.core.UserException} naming the field and its legal range. */
    public BlockMask {
        BlockSampler.check(ratio, length, adjust);
    }

    /** The law with {@link BlockEdges#UNBIASED} blocks. */
    public BlockMask(double ratio, int length, double adjust) {
        this(ratio, length, adjust, BlockEdges.UNBIASED);
    }

    /** What a recipe that leaves settings out gets. */
    public static BlockMask defaults() {
        return new BlockMask(0.6, 3, 0.07);
    }

    @Override
    public int masked(Grid grid) {
        int size = grid.size();
        return MaskCounts.maskedOf(size, MaskCounts.truncate(size * ratio));
    }

    @Override
    public boolean[] draw(Grid grid, Rng rng) {
        boolean[] masked = BlockSampler.cover(grid, length, edges, ratio + adjust, rng);
        BlockSampler.resize(masked, masked(grid), rng);
        return masked;
    }
}
