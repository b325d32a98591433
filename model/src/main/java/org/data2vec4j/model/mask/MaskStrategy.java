package org.data2vec4j.model.mask;

import org.data2vec4j.core.Rng;

/**
 * A masking law hides exactly {@link #masked} positions of every row drawn on a grid, so rows of one grid always fit one
 * rectangular batch. With T ≥ 2 positions at least one is masked and at least one visible, whatever the ratio. A lone position
 * (T = 1) stays visible: there is no context to predict it from and its target, normalised over time, would be constant; it adds
 * nothing to the loss and nothing to the count the loss is divided by.
 *
 * <p>Counts are truncated as in the reference implementation, after lifting the product by 10⁻⁹ so that the rounding of a
 * decimal ratio does not lose a position: a share of 0.2 is 2 of 10, though {@code 10·(1−0.8)} is below 2 in floating point.
 */
public sealed interface MaskStrategy permits RandomMask, BlockMask, InverseBlockMask, RectangleMask {
    /** How many positions of every row on this grid are masked: 1 to T−1, or 0 where T = 1. */
    int masked(Grid grid);

    /** One row: T flags, row by row over the grid, true where the position is masked. A pure function of the stream's state. */
    boolean[] draw(Grid grid, Rng rng);
}
