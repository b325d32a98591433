package org.data2vec4j.audio.data.synthetic;

/** A two-pole filter with unit gain at 0 Hz, or at its centre if {@code band} (Klatt 1980, "Software for a cascade/parallel formant synthesizer"). */
final class Resonator {
    private static final double RATE = 16_000;

    private final double a;
    private final double b;
    private final double c;
    private double last;
    private double before;

    Resonator(double hertz, double bandwidth, boolean band) {
        double radius = StrictMath.exp(-Math.PI * bandwidth / RATE);
        double angle = 2 * Math.PI * Math.min(hertz, 0.47 * RATE) / RATE;
        this.b = 2 * radius * StrictMath.cos(angle);
        this.c = -radius * radius;
        this.a = band
                ? (1 - radius) * Math.sqrt(1 - 2 * radius * StrictMath.cos(2 * angle) + radius * radius)
                : 1 - b - c;
    }

    double next(double input) {
        double output = a * input + b * last + c * before;
        before = last;
        last = output;
        return output;
    }
}
