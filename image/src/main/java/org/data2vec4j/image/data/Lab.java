package org.data2vec4j.image.data;

import java.awt.image.Raster;

/** CIE L*a*b* of TIFF (D50, 8 bits, a and b signed) to sRGB (IEC 61966-2-1), adapted to D65 by Bradford's matrix. */
final class Lab {
    private static final double[] D50 = {0.9642, 1, 0.8249};
    private static final double[][] TO_SRGB = {
        {3.1338561, -1.6168667, -0.4906146},
        {-0.9787684, 1.9161415, 0.0334540},
        {0.0719453, -0.2289914, 1.4052427}
    };

    private Lab() {}

    static RgbImage toRgb(Raster raster) {
        int width = raster.getWidth();
        int height = raster.getHeight();
        int bands = raster.getNumBands();
        byte[] rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
        int[] row = new int[width * bands];
        double[] xyz = new double[3];
        int to = 0;
        for (int y = 0; y < height; y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int at = 0; at < row.length; at += bands) {
                double fy = (row[at] * 100 / 255.0 + 16) / 116;
                xyz[0] = D50[0] * inverse(fy + (byte) row[at + 1] / 500.0);
                xyz[1] = D50[1] * inverse(fy);
                xyz[2] = D50[2] * inverse(fy - (byte) row[at + 2] / 200.0);
                for (double[] line : TO_SRGB) {
                    rgb[to++] = gamma(line[0] * xyz[0] + line[1] * xyz[1] + line[2] * xyz[2]);
                }
            }
        }
        return new RgbImage(width, height, rgb);
    }

    private static double inverse(double t) {
        return t > 6.0 / 29 ? t * t * t : 3 * (6.0 / 29) * (6.0 / 29) * (t - 4.0 / 29);
    }

    private static byte gamma(double linear) {
        double value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.pow(linear, 1 / 2.4) - 0.055;
        return (byte) (int) Math.max(0, Math.min(255, Math.round(255 * value)));
    }
}
