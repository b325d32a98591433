package org.data2vec4j.audio.data.decode;

/**
 * A sinc that is cut off by a Kaiser window: passes up to 0.92 of the lower Nyquist frequency, falls by 80 dB at that frequency
 * (Kaiser, "Nonrecursive digital filter design using the I0-sinh window function", ISCAS 1974).
 */
final class Kaiser {
    /** Zero crossings on either side, in periods of the lower rate. */
    static final int HALF_WIDTH = 64;

    private static final double CUTOFF = 0.96; // the middle of the fall, in Nyquist frequencies
    private static final double BETA = 0.1102 * (80 - 8.7);
    private static final double NORM = besselI0(BETA);

    private Kaiser() {}

    /** The value at {@code t} periods of the lower rate from the centre. */
    static double value(double t) {
        double inside = 1 - (t / HALF_WIDTH) * (t / HALF_WIDTH);
        if (inside <= 0) {
            return 0;
        }
        double x = Math.PI * CUTOFF * t;
        double sinc = Math.abs(x) < 1e-9 ? 1 : StrictMath.sin(x) / x;
        return CUTOFF * sinc * besselI0(BETA * Math.sqrt(inside)) / NORM;
    }

    private static double besselI0(double x) {
        double term = 1;
        double sum = 1;
        for (int k = 1; term > 1e-17 * sum; k++) {
            term *= (x / (2 * k)) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }
}
