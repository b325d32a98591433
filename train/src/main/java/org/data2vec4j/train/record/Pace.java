package org.data2vec4j.train.record;

import java.util.Arrays;

/**
 * The pace of the last updates. A median over a window: a slow first update, a pause for an evaluation or a hiccup of the disk
 * moves it hardly at all, and a resumed run starts from its own updates only.
 */
final class Pace {
    private static final int WINDOW = 64;

    private final double[] seconds = new double[WINDOW];
    private final int[] samples = new int[WINDOW];
    private int count;

    /** Takes in one update. */
    void add(int updateSamples, double updateSeconds) {
        seconds[count % WINDOW] = updateSeconds;
        samples[count % WINDOW] = updateSamples;
        count++;
    }

    /** Median seconds per update; NaN before the first. */
    double secondsPerUpdate() {
        int n = Math.min(count, WINDOW);
        if (n == 0) {
            return Double.NaN;
        }
        double[] sorted = Arrays.copyOf(seconds, n);
        Arrays.sort(sorted);
        return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
    }

    /** Samples per second at the median pace; NaN before the first update. */
    double samplesPerSecond() {
        int n = Math.min(count, WINDOW);
        return Arrays.stream(samples, 0, n).average().orElse(Double.NaN) / secondsPerUpdate();
    }
}
