package org.data2vec4j.audio.ctc;

/** Sums of probabilities that are held as natural logarithms. */
final class LogSpace {
    static final double ZERO = Double.NEGATIVE_INFINITY;

    private LogSpace() {}

    /** log(eᵃ + eᵇ), without overflow. */
    static double add(double a, double b) {
        double high = Math.max(a, b);
        return high == ZERO ? ZERO : high + Math.log1p(Math.exp(Math.min(a, b) - high));
    }
}
