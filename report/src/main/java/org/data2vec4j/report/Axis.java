package org.data2vec4j.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One axis of a plot: a range of values, linear or logarithmic, laid on a range of pixels.
 *
 * @param low smallest value
 * @param high largest value, above {@code low}
 * @param log logarithmic; both values are then positive
 * @param from pixel of {@code low}
 * @param to pixel of {@code high}
 */
record Axis(double low, double high, boolean log, double from, double to) {
    private static final double LIMIT = 1e300; // twice this is still finite

    /** A labelled place. */
    record Tick(double value, String label) {}

    /** The axis of whole updates: no margin, from the first to the last. */
    static Axis updates(double[] values, double from, double to) {
        double low = Arrays.stream(values).min().orElse(0);
        double high = Arrays.stream(values).max().orElse(1);
        if (low == high) {
            return new Axis(low - 1, high + 1, false, from, to);
        }
        return new Axis(low <= 0.1 * high ? 0 : low, high, false, from, to);
    }

    /** The axis of values: a small margin, and zero too where it is near; values beyond ±10³⁰⁰ fall off it. */
    static Axis values(double[] values, boolean log, double from, double to) {
        double low = Math.max(-LIMIT, Arrays.stream(values).min().orElse(0));
        double high = Math.min(LIMIT, Arrays.stream(values).max().orElse(1));
        if (log && low > 0) {
            low = Math.max(low, 1 / LIMIT);
            double margin = low == high ? 2 : Math.pow(10, 0.05 * Math.min(decades(low, high), 100));
            return new Axis(low / margin, high * margin, true, from, to);
        }
        if (low == high) {
            double margin = low == 0 ? 1 : Math.abs(low) * 0.1;
            return new Axis(low - margin, high + margin, false, from, to);
        }
        double margin = 0.06 * (high - low);
        boolean fromZero = low >= 0 && low <= 0.35 * high;
        return new Axis(fromZero ? 0 : low - margin, high + margin, false, from, to);
    }

    /** The pixel of a value. */
    double pixel(double value) {
        double share = log
                ? (Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low))
                : (value - low) / (high - low);
        return from + share * (to - from);
    }

    /** About {@code count} ticks at round values. */
    List<Tick> ticks(int count) {
        return log ? logTicks(count) : linearTicks(count);
    }

    private List<Tick> linearTicks(int count) {
        double step = niceStep((high - low) / count);
        List<Tick> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
            ticks.add(new Tick(i * step, Numbers.tick(i * step, step)));
        }
        return ticks;
    }

    private List<Tick> logTicks(int count) {
        double decades = decades(low, high);
        if (decades < 0.5) { // too short for 1, 2, 5: round values one after another do better
            return linearTicks(count);
        }
        double[] factors = decades > 2.5 ? new double[] {1} : new double[] {1, 2, 5};
        int stride = (int) Math.max(1, Math.ceil(decades / count));
        List<Tick> ticks = new ArrayList<>();
        for (int exponent = (int) Math.floor(Math.log10(low)); exponent <= Math.log10(high); exponent++) {
            for (double factor : factors) {
                double value = factor * Math.pow(10, exponent);
                if (value >= low && value <= high && Math.floorMod(exponent, stride) == 0) {
                    ticks.add(new Tick(value, Numbers.power(value)));
                }
            }
        }
        return ticks;
    }

    private static double decades(double low, double high) {
        return Math.log10(high) - Math.log10(low); // the quotient itself may overflow
    }

    /** The smallest of 1, 2, 2.5, 5 times a power of ten that is not below {@code rough}. */
    static double niceStep(double rough) {
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        for (double factor : new double[] {1, 2, 2.5, 5}) {
            if (factor * power >= rough * (1 - 1e-9)) {
                return factor * power;
            }
        }
        return 10 * power;
    }
}
