package org.data2vec4j.model.mask;

import org.data2vec4j.core.Kind;
import org.data2vec4j.core.Rng;

/**
 * Every set of the right size is equally likely to be masked: {@code int(T·(1−ratio))} positions stay visible (masked
 * autoencoders, He et al. 2021, section 3; data2vec 2.0 for text).
 *
 * @param ratio the masked share, above 0 and below 1
 */
@Kind("random")
public record RandomMask(double ratio) implements MaskStrategy {
    /** Throws a {@link org.data2vec4j.core.UserException} for a ratio outside (0, 1). */
    public RandomMask {
        MaskCounts.checkRatio(ratio);
    }

    @Override
    public int masked(Grid grid) {
        int size = grid.size();
        return MaskCounts.maskedOf(size, size - MaskCounts.truncate(size * (1 - ratio)));
    }

    @Override
    public boolean[] draw(Grid grid, Rng rng) {
        boolean[] masked = new boolean[grid.size()];
        BlockSampler.resize(masked, masked(grid), rng);
        return masked;
    }
}
