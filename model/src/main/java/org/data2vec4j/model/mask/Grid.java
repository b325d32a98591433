package org.data2vec4j.model.mask;

import org.data2vec4j.core.Check;

/**
 * The positions of one sample: {@code height·width} of them, row by row. Images have both sides; speech and text are one row of
 * {@code width} positions.
 *
 * @param height rows, at least 1
 * @param width columns, at least 1
 */
public record Grid(int height, int width) {
    /** Throws a {@link org.data2vec4j.core.UserException} for a side below 1 or more positions than an array can hold. */
    public Grid {
        Check.positive("height", height);
        Check.positive("width", width);
        Check.that(
                (long) height * width <= Integer.MAX_VALUE - 8,
                "grid is " + height + "×" + width + "; allowed: at most " + (Integer.MAX_VALUE - 8) + " positions");
    }

    /** A row of {@code positions}: the grid of a sequence. */
    public static Grid row(int positions) {
        return new Grid(1, positions);
    }

    /** T, the number of positions. */
    public int size() {
        return height * width;
    }

    @Override
    public String toString() {
        return height + "×" + width;
    }
}
