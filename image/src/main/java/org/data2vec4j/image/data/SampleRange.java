package org.data2vec4j.image.data;

import java.awt.image.Raster;
import java.io.IOException;

/**
 * Samples of 32 bits, floats and signed numbers, which no format says how to show. Those between 0 and 255 are taken as they are,
 * without their fractions, as Pillow takes them; others are refused, because they would come out black or white.
 */
final class SampleRange {
    private SampleRange() {}

    /** Grey or RGB, by the first one or three bands. */
    static RgbImage of(Raster raster) throws IOException {
        int width = raster.getWidth();
        int height = raster.getHeight();
        int bands = raster.getNumBands();
        int colors = bands >= 3 ? 3 : 1;
        double[] row = new double[width * bands];
        byte[] rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        boolean whole = true;
        int to = 0;
        for (int y = 0; y < height; y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int at = 0; at < row.length; at += bands) {
                for (int c = 0; c < 3; c++) {
                    double value = row[at + Math.min(c, colors - 1)];
                    low = Math.min(low, value);
                    high = Math.max(high, value);
                    whole &= value == Math.rint(value);
                    rgb[to++] = (byte) (int) value;
                }
            }
        }
        boolean unit = high <= 1 && !whole;
        if (!(low >= 0) || !(high <= 255) || unit) {
            throw new IOException("its samples are from " + (float) low + " to " + (float) high
                    + ", and which of them is white is not said; allowed: numbers from 0 to 255");
        }
        return new RgbImage(width, height, rgb);
    }
}
