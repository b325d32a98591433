package org.data2vec4j.image.data;

import java.awt.image.Raster;

/**
 * Four inks to RGB without a profile, as Pillow does: what the black ink leaves of white, less its share that each other ink takes.
 */
final class Cmyk {
    /** How a JPEG file stores inks. */
    enum Storage {
        /** Full ink is the largest number. */
        INK,
        /** Full ink is 0, which is Adobe's way. */
        INVERTED,
        /** Luminance and chroma of the inverted first three inks, and the inverted black ink. */
        YCCK
    }

    private Cmyk() {}

    static RgbImage toRgb(Raster raster, Storage storage, int shift) {
        int width = raster.getWidth();
        int height = raster.getHeight();
        int bands = raster.getNumBands();
        byte[] rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
        int[] row = new int[width * bands];
        int to = 0;
        for (int y = 0; y < height; y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int at = 0; at < row.length; at += bands) {
                int c = row[at] >> shift;
                int m = row[at + 1] >> shift;
                int s = row[at + 2] >> shift;
                int black = row[at + 3] >> shift;
                if (storage == Storage.YCCK) {
                    double cb = m - 128;
                    double cr = s - 128;
                    int luma = c;
                    c = clip(luma + 1.402 * cr);
                    m = clip(luma - 0.344136 * cb - 0.714136 * cr);
                    s = clip(luma + 1.772 * cb);
                } else if (storage == Storage.INVERTED) {
                    c = 255 - c;
                    m = 255 - m;
                    s = 255 - s;
                }
                int left = storage == Storage.INK ? 255 - black : black;
                rgb[to++] = without(left, c);
                rgb[to++] = without(left, m);
                rgb[to++] = without(left, s);
            }
        }
        return new RgbImage(width, height, rgb);
    }

    private static int clip(double value) {
        return (int) Math.max(0, Math.min(255, Math.round(value)));
    }

    private static byte without(int left, int ink) {
        int product = left * ink + 128;
        return (byte) (left - ((product + (product >> 8)) >> 8));
    }
}
