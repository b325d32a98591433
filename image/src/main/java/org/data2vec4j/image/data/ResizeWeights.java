package org.data2vec4j.image.data;

/**
 * The bicubic weights of one axis, as Pillow computes them: output i is the sum over k of {@code weights[i * taps + k]} times
 * input {@code first[i] + k}. When shrinking, the kernel is widened by the ratio, so that nothing aliases; at the borders it is
 * cut and rescaled to sum 1.
 */
@SuppressWarnings("ArrayRecordComponent") // made and used by one thread, never compared
record ResizeWeights(int taps, int[] first, float[] weights) {
    private static final double A = -0.5; // Keys (1981), "Cubic convolution interpolation": third-order accurate
    private static final double SUPPORT = 2;

    /** The weights from {@code from} samples to {@code to}. */
    static ResizeWeights of(int from, int to) {
        double ratio = (double) from / to;
        double scale = Math.max(1, ratio);
        double support = SUPPORT * scale;
        int taps = Math.min(from, 2 * (int) Math.ceil(support) + 1);
        int[] first = new int[to];
        float[] weights = new float[to * taps];
        double[] row = new double[taps];
        for (int i = 0; i < to; i++) {
            double center = (i + 0.5) * ratio;
            int begin = Math.max(0, (int) (center - support + 0.5));
            int end = Math.min(from, (int) (center + support + 0.5));
            begin = Math.min(begin, from - taps); // a constant number of taps; the surplus has weight 0
            double sum = 0;
            for (int k = 0; k < taps; k++) {
                row[k] = begin + k < end ? kernel((begin + k + 0.5 - center) / scale) : 0;
                sum += row[k];
            }
            first[i] = begin;
            for (int k = 0; k < taps; k++) {
                weights[i * taps + k] = (float) (row[k] / sum);
            }
        }
        return new ResizeWeights(taps, first, weights);
    }

    /** Keys' cubic kernel: 1 at 0, 0 at the other whole numbers and beyond 2. */
    static double kernel(double x) {
        double d = Math.abs(x);
        if (d < 1) {
            return ((A + 2) * d - (A + 3)) * d * d + 1;
        }
        return d < SUPPORT ? (((d - 5) * d + 8) * d - 4) * A : 0;
    }
}
