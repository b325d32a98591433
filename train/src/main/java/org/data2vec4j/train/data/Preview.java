package org.data2vec4j.train.data;

import org.jspecify.annotations.Nullable;

/**
 * How a page shows a sample.
 *
 * @param words its class and a few words: what is written or said, or its name
 * @param thumbnail a picture of it; null if there is none
 */
public record Preview(String words, @Nullable Thumbnail thumbnail) {
    /** A picture, row by row from the upper left corner. */
    public sealed interface Thumbnail {
        /** In pixels. */
        int width();

        /** In pixels. */
        int height();
    }

    /**
     * A picture in colours.
     *
     * @param rgb red, green and blue of each pixel
     */
    @SuppressWarnings("ArrayRecordComponent") // pixels for a picture; never compared
    public record Pixels(int width, int height, byte[] rgb) implements Thumbnail {
        /** Refuses a wrong number of bytes. */
        public Pixels {
            if (rgb.length != 3 * width * height) {
                throw new IllegalArgumentException(rgb.length + " bytes for " + width + "×" + height + " pixels");
            }
        }
    }

    /**
     * Numbers that a page draws as colours, from the smallest to the largest.
     *
     * @param values a number for each pixel
     */
    @SuppressWarnings("ArrayRecordComponent") // values for a picture; never compared
    public record HeatMap(int width, int height, float[] values) implements Thumbnail {
        /** Refuses a wrong number of values. */
        public HeatMap {
            if (values.length != width * height) {
                throw new IllegalArgumentException(values.length + " values for " + width + "×" + height + " pixels");
            }
        }
    }
}
