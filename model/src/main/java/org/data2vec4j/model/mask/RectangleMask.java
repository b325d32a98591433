package org.data2vec4j.model.mask;

import java.util.Arrays;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.Kind;
import org.data2vec4j.core.Rng;

/**
 * Masked rectangles of drawn area and shape, added one after the other while they fit into what is left to mask (BEiT, Bao et al.,
 * 2021, algorithm 1); then positions chosen uniformly are hidden until exactly {@code int(T·ratio)} are masked.
 *
 * @param ratio the masked share, above 0 and below 1
 * @param area the smallest rectangle in positions; the largest is what is left to mask
 * @param aspect the flattest rectangle's height over its width, above 0 and at most 1; the steepest has its inverse
 */
@Kind("rectangle")
public record RectangleMask(double ratio, int area, double aspect) implements MaskStrategy {
    private static final int ATTEMPTS = 10;

    /** Throws a {@link org.data2vec4j.core.UserException} naming the field and its legal range. */
    public RectangleMask {
        MaskCounts.checkRatio(ratio);
        Check.inRange("area", area, 1, 1 << 30);
        Check.inRange("aspect", aspect, 0.001, 1);
    }

    /** The published settings, for 14×14 patches: rectangles of 16 patches or more over six of ten. */
    public static RectangleMask defaults() {
        return new RectangleMask(0.6, 16, 0.3);
    }

    @Override
    public int masked(Grid grid) {
        int size = grid.size();
        return MaskCounts.maskedOf(size, MaskCounts.truncate(size * ratio));
    }

    @Override
    public boolean[] draw(Grid grid, Rng rng) {
        boolean[] masked = new boolean[grid.size()];
        int left = masked(grid);
        for (int attempt = 0; left > 0 && attempt < ATTEMPTS; attempt++) {
            int added = add(masked, grid, left, rng);
            if (added > 0) {
                left -= added;
                attempt = -1; // the next rectangle has all its attempts
            }
        }
        BlockSampler.resize(masked, masked(grid), rng);
        return masked;
    }

    /** Masks a drawn rectangle if it lies within the grid and adds between 1 and {@code left} positions; tells how many. */
    private int add(boolean[] masked, Grid grid, int left, Rng rng) {
        double wanted = rng.nextDouble(Math.min(area, left), left);
        double shape = Math.exp(rng.nextDouble(Math.log(aspect), -Math.log(aspect)));
        int height = (int) Math.max(1, Math.round(Math.sqrt(wanted * shape)));
        int width = (int) Math.max(1, Math.round(Math.sqrt(wanted / shape)));
        if (height > grid.height() || width > grid.width()) {
            return 0;
        }
        int top = rng.nextInt(grid.height() - height + 1);
        int start = rng.nextInt(grid.width() - width + 1);
        int fresh = count(masked, grid, top, start, height, width);
        if (fresh < 1 || fresh > left) {
            return 0;
        }
        for (int y = top; y < top + height; y++) {
            Arrays.fill(masked, y * grid.width() + start, y * grid.width() + start + width, true);
        }
        return fresh;
    }

    private static int count(boolean[] masked, Grid grid, int top, int start, int height, int width) {
        int fresh = 0;
        for (int y = top; y < top + height; y++) {
            for (int x = start; x < start + width; x++) {
                fresh += masked[y * grid.width() + x] ? 0 : 1;
            }
        }
        return fresh;
    }
}
