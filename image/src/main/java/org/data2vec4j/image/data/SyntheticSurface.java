package org.data2vec4j.image.data;

import org.data2vec4j.core.Rng;

/**
 * Draws one synthetic surface: a pattern at a random place, about upright and of about one size, light on dark or dark on light, of random
 * brightness, contrast and tint, under light that falls off in a random direction, with noise. None of these depends on the class.
 */
final class SyntheticSurface {
    private static final int SUBPIXELS = 3; // per axis: edges are antialiased by supersampling

    private SyntheticSurface() {}

    static RgbImage draw(SyntheticPattern pattern, int size, Rng rng) {
        double period = rng.nextDouble(0.19, 0.28);
        double angle = rng.nextDouble(-0.35, 0.35);
        double[] frame = {Math.cos(angle) / period, Math.sin(angle) / period, rng.nextDouble(0, 2), rng.nextDouble(0, 2)
        };
        double middle = rng.nextDouble(0.3, 0.7);
        double contrast = (rng.nextInt(2) == 0 ? -1 : 1) * rng.nextDouble(0.12, 0.3);
        double[] tint = {rng.nextDouble(0.8, 1.2), rng.nextDouble(0.8, 1.2), rng.nextDouble(0.8, 1.2)};
        double lightX = rng.nextDouble(-0.5, 0.5);
        double lightY = rng.nextDouble(-0.5, 0.5);
        double noise = rng.nextDouble(0.01, 0.05);
        byte[] bytes = new byte[3 * size * size];
        for (int i = 0; i < size * size; i++) {
            int row = i / size;
            double share = share(pattern, i % size, row, size, frame);
            double x = (i % size + 0.5) / size - 0.5;
            double y = (double) row / size - 0.5;
            double value = (1 + lightX * x + lightY * y) * (middle + contrast * (2 * share - 1));
            for (int c = 0; c < 3; c++) {
                double shown = tint[c] * value + noise * rng.nextGaussian();
                bytes[3 * i + c] = (byte) Math.round(255 * Math.min(1, Math.max(0, shown)));
            }
        }
        return new RgbImage(size, size, bytes);
    }

    /** How much of a pixel has the first colour. */
    private static double share(SyntheticPattern pattern, int column, int row, int size, double[] frame) {
        double step = 1.0 / (size * SUBPIXELS);
        int inside = 0;
        for (int s = 0; s < SUBPIXELS * SUBPIXELS; s++) {
            int subrow = s / SUBPIXELS;
            double x = (column * SUBPIXELS + s % SUBPIXELS + 0.5) * step;
            double y = (row * SUBPIXELS + subrow + 0.5) * step;
            inside += pattern.first(frame[0] * x + frame[1] * y + frame[2], frame[0] * y - frame[1] * x + frame[3])
                    ? 1
                    : 0;
        }
        return (double) inside / (SUBPIXELS * SUBPIXELS);
    }
}
