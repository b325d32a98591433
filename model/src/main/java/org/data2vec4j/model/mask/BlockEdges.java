package org.data2vec4j.model.mask;

/** What happens to a block that meets the border of its grid. */
public enum BlockEdges {
    /**
     * Blocks wrap around, so every shift of a mask is as likely as the mask and every position is masked equally often. A block
     * has min(length, height)·min(length, width) positions, and is counted as that.
     */
    UNBIASED {
        @Override
        int area(Grid grid, int length) {
            return Math.min(length, grid.height()) * Math.min(length, grid.width());
        }

        @Override
        void mark(boolean[] flags, Grid grid, int length, int place) {
            int height = grid.height();
            int width = grid.width();
            int top = place / width;
            int left = place % width;
            for (int i = Math.min(length, height); i > 0; i--) {
                int start = top * width;
                int column = left;
                for (int j = Math.min(length, width); j > 0; j--) {
                    flags[start + column] = true;
                    column = column + 1 == width ? 0 : column + 1;
                }
                top = top + 1 == height ? 0 : top + 1;
            }
        }
    },

    /**
     * The reference's law, for comparison with it: block centres lie on the grid and what sticks out is cut off, so positions at
     * the border fall into blocks less often than inner ones. A block counts as length² positions however much of it is cut, or
     * as {@code length} on a row, for which the reference has a law of its own.
     */
    CLAMPED {
        @Override
        int area(Grid grid, int length) {
            return grid.height() == 1 ? length : Math.multiplyExact(length, length);
        }

        @Override
        void mark(boolean[] flags, Grid grid, int length, int place) {
            int width = grid.width();
            int top = place / width - length / 2;
            int left = place % width - length / 2;
            for (int i = Math.max(0, top); i < Math.min(grid.height(), top + length); i++) {
                for (int j = Math.max(0, left); j < Math.min(width, left + length); j++) {
                    flags[i * width + j] = true;
                }
            }
        }
    };

    /** How many positions a block counts for. */
    abstract int area(Grid grid, int length);

    /** Sets the flags of the block whose corner or centre is at {@code place}. */
    abstract void mark(boolean[] flags, Grid grid, int length, int place);
}
