package org.data2vec4j.image.data;

import org.data2vec4j.core.Check;

/** To which size a picture is resized; named as Hugging Face's image processors name their {@code size}. */
public sealed interface ResizeRule {
    /** The size of a picture of this height and width. */
    ImageSize of(int height, int width);

    /** The same at a multiple of the size. */
    ResizeRule times(double factor);

    /** Pictures stay as they are. */
    record Keep() implements ResizeRule {
        @Override
        public ImageSize of(int height, int width) {
            return new ImageSize(height, width);
        }

        @Override
        public ResizeRule times(double factor) {
            return this;
        }
    }

    /** One size, whatever the picture's shape. */
    record Exact(ImageSize size) implements ResizeRule {
        @Override
        public ImageSize of(int height, int width) {
            return size;
        }

        @Override
        public ResizeRule times(double factor) {
            return new Exact(new ImageSize(scaled(size.height(), factor), scaled(size.width(), factor)));
        }
    }

    /**
     * The shape is kept.
     *
     * @param shortest the shorter side
     * @param longest the most that the longer side may have, which then decides; 0 for no limit
     */
    record ShortestEdge(int shortest, int longest) implements ResizeRule {
        /** Refuses sides below 1. */
        public ShortestEdge {
            Check.positive("shortest", shortest);
            Check.notNegative("longest", longest);
        }

        @Override
        public ImageSize of(int height, int width) {
            int shorter = Math.min(height, width);
            int longer = Math.max(height, width);
            double side = shortest;
            if (longest > 0 && (double) longer / shorter * shortest > longest) {
                side = (double) longest * shorter / longer;
            }
            int small = (int) Math.rint(side);
            int large = (int) (longest == 0 ? (double) ((long) shortest * longer) / shorter : side * longer / shorter);
            if (shorter == small && longest > 0) {
                large = longer;
            }
            return height <= width
                    ? new ImageSize(Math.max(1, small), Math.max(1, large))
                    : new ImageSize(Math.max(1, large), Math.max(1, small));
        }

        @Override
        public ResizeRule times(double factor) {
            return new ShortestEdge(scaled(shortest, factor), longest == 0 ? 0 : scaled(longest, factor));
        }
    }

    /** The shape is kept, and the picture as large as fits. */
    record Within(int height, int width) implements ResizeRule {
        /** Refuses sides below 1. */
        public Within {
            Check.positive("height", height);
            Check.positive("width", width);
        }

        @Override
        public ImageSize of(int pictureHeight, int pictureWidth) {
            double factor = Math.min((double) height / pictureHeight, (double) width / pictureWidth);
            return new ImageSize(
                    Math.max(1, (int) (pictureHeight * factor)), Math.max(1, (int) (pictureWidth * factor)));
        }

        @Override
        public ResizeRule times(double factor) {
            return new Within(scaled(height, factor), scaled(width, factor));
        }
    }

    private static int scaled(int side, double factor) {
        return (int) Math.max(1, Math.round(side * factor));
    }
}
