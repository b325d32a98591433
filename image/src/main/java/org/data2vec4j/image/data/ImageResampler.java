package org.data2vec4j.image.data;

/**
 * Resizes a box of a picture to three float planes in [0, 1]: antialiased bicubic, separable, rows first. Not thread-safe: it
 * keeps its buffers for the next picture.
 */
final class ImageResampler {
    private static final float UNIT = 1f / 255;

    private float[] row = new float[0];
    private float[] narrowed = new float[0];

    /** Writes the box of {@code region} (its shift is not applied) to 3·height·width planar samples from {@code out[at]} on. */
    void resize(RgbImage image, CropRegion region, int height, int width, float[] out, int at) {
        ResizeWeights across = ResizeWeights.of(region.width(), width);
        ResizeWeights down = ResizeWeights.of(region.height(), height);
        int band = region.height() * width; // one channel of the picture that is narrowed, but not yet shortened
        if (narrowed.length < 3 * band) {
            narrowed = new float[3 * band];
        }
        if (row.length < 3 * region.width()) {
            row = new float[3 * region.width()];
        }
        for (int y = 0; y < region.height(); y++) {
            narrow(image, region, y, across, width, band);
        }
        for (int c = 0; c < 3; c++) {
            shorten(down, height, width, c * band, out, at + c * height * width);
        }
    }

    private void narrow(RgbImage image, CropRegion region, int y, ResizeWeights across, int width, int band) {
        int from = 3 * ((region.y() + y) * image.width() + region.x());
        for (int i = 0; i < 3 * region.width(); i++) {
            row[i] = (image.rgb()[from + i] & 0xFF) * UNIT;
        }
        float[] weights = across.weights();
        int to = y * width;
        for (int x = 0; x < width; x++) {
            float red = 0;
            float green = 0;
            float blue = 0;
            int pixel = 3 * across.first()[x];
            for (int k = x * across.taps(); k < (x + 1) * across.taps(); k++) {
                red += weights[k] * row[pixel];
                green += weights[k] * row[pixel + 1];
                blue += weights[k] * row[pixel + 2];
                pixel += 3;
            }
            narrowed[to + x] = red;
            narrowed[to + band + x] = green;
            narrowed[to + 2 * band + x] = blue;
        }
    }

    private void shorten(ResizeWeights down, int height, int width, int from, float[] out, int at) {
        for (int y = 0; y < height; y++) {
            int to = at + y * width;
            for (int x = 0; x < width; x++) {
                out[to + x] = 0;
            }
            for (int k = 0; k < down.taps(); k++) {
                float weight = down.weights()[y * down.taps() + k];
                int line = from + (down.first()[y] + k) * width;
                for (int x = 0; x < width; x++) {
                    out[to + x] += weight * narrowed[line + x];
                }
            }
            for (int x = 0; x < width; x++) { // cubic weights overshoot at edges
                out[to + x] = Math.min(1, Math.max(0, out[to + x]));
            }
        }
    }
}
