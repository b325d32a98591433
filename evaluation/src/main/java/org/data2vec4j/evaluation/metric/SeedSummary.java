package org.data2vec4j.evaluation.metric;

import java.util.Arrays;
import org.data2vec4j.core.Rng;
import org.data2vec4j.core.UserException;

/**
 * A score over several seeds. The interval is the percentile bootstrap's for the median: with few seeds it cannot be wider than their
 * range and is too narrow rather than too wide.
 *
 * @param count how many seeds
 * @param median the middle score, or the mean of the two in the middle
 * @param mean the mean score
 * @param minimum the lowest
 * @param maximum the highest
 * @param low lower end of the median's 95 % interval
 * @param high upper end
 */
public record SeedSummary(
        int count, double median, double mean, double minimum, double maximum, double low, double high) {
    private static final int RESAMPLES = 10_000;

    /**
     * Of scores; the same scores in any order and the same seed give the same summary.
     *
     * @param seed keys the bootstrap's draws
     * @throws UserException if there is no score, or one is NaN
     */
    public static SeedSummary of(double[] scores, long seed) {
        if (scores.length == 0 || Arrays.stream(scores).anyMatch(Double::isNaN)) {
            throw new UserException(
                    "a summary over seeds needs at least one score and no NaN; got " + Arrays.toString(scores));
        }
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        Rng rng = Rng.named(seed, "bootstrap of the median");
        double[] medians = new double[RESAMPLES];
        double[] drawn = new double[sorted.length];
        for (int i = 0; i < RESAMPLES; i++) {
            Arrays.setAll(drawn, j -> sorted[rng.nextInt(sorted.length)]);
            Arrays.sort(drawn);
            medians[i] = medianOfSorted(drawn);
        }
        Arrays.sort(medians);
        return new SeedSummary(
                sorted.length,
                medianOfSorted(sorted),
                Arrays.stream(sorted).average().orElse(Double.NaN),
                sorted[0],
                sorted[sorted.length - 1],
                medians[(int) (0.025 * RESAMPLES)],
                medians[(int) (0.975 * RESAMPLES) - 1]);
    }

    private static double medianOfSorted(double[] sorted) {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
