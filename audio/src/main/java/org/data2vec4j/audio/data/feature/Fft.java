package org.data2vec4j.audio.data.feature;

/** The discrete Fourier transform of a power of two points, in place (Cooley and Tukey, radix 2). Thread-safe. */
public final class Fft {
    private final int size;
    private final double[] cos;
    private final double[] sin;

    /** A transform of {@code size} points, a power of two. */
    public Fft(int size) {
        if (size < 1 || Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException("a transform of " + size + " points; allowed: powers of two");
        }
        this.size = size;
        this.cos = new double[size / 2];
        this.sin = new double[size / 2];
        for (int k = 0; k < size / 2; k++) {
            cos[k] = StrictMath.cos(2 * Math.PI * k / size);
            sin[k] = -StrictMath.sin(2 * Math.PI * k / size);
        }
    }

    /** Transforms (forward, unscaled) {@code size} complex numbers in place. */
    public void transform(double[] re, double[] im) {
        reorder(re, im);
        for (int length = 2; length <= size; length *= 2) {
            int half = length / 2;
            int stride = size / length;
            for (int start = 0; start < size; start += length) {
                for (int k = 0; k < half; k++) {
                    int low = start + k;
                    int high = low + half;
                    double c = cos[k * stride];
                    double s = sin[k * stride];
                    double x = re[high] * c - im[high] * s;
                    double y = re[high] * s + im[high] * c;
                    re[high] = re[low] - x;
                    im[high] = im[low] - y;
                    re[low] += x;
                    im[low] += y;
                }
            }
        }
    }

    private void reorder(double[] re, double[] im) {
        for (int i = 1, j = 0; i < size; i++) {
            int bit = size >> 1;
            while ((j & bit) != 0) {
                j ^= bit;
                bit >>= 1;
            }
            j ^= bit;
            if (i < j) {
                double heldRe = re[i];
                re[i] = re[j];
                re[j] = heldRe;
                double heldIm = im[i];
                im[i] = im[j];
                im[j] = heldIm;
            }
        }
    }
}
