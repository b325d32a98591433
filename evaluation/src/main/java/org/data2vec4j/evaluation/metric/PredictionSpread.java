package org.data2vec4j.evaluation.metric;

import java.util.Arrays;

/**
 * How predictions are spread, to tell a model that says the same of everything, whose accuracy may still look good.
 *
 * @param samples how many predictions there are
 * @param distinct how many different values they have
 * @param largestShare the share of the most frequent value; NaN without predictions
 */
public record PredictionSpread(int samples, int distinct, double largestShare) {
    /** Of predicted classes. */
    public static PredictionSpread of(int[] predictions) {
        return of(Arrays.stream(predictions).asDoubleStream().toArray());
    }

    /** Of predicted numbers. */
    public static PredictionSpread of(double[] predictions) {
        double[] sorted = predictions.clone();
        Arrays.sort(sorted);
        int distinct = 0;
        int largest = 0;
        for (int from = 0; from < sorted.length; ) {
            int to = from + 1;
            while (to < sorted.length && Double.compare(sorted[to], sorted[from]) == 0) {
                to++;
            }
            distinct++;
            largest = Math.max(largest, to - from);
            from = to;
        }
        return new PredictionSpread(sorted.length, distinct, largest / (double) sorted.length);
    }

    /** Whether two samples or more all got the same prediction: a run that failed, whatever its score. */
    public boolean degenerate() {
        return samples > 1 && distinct == 1;
    }
}
