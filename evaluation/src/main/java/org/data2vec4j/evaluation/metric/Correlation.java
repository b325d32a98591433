package org.data2vec4j.evaluation.metric;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Correlations of two rows of numbers, −1 to 1; NaN if either row is constant, shorter than two or holds a NaN. */
public final class Correlation {
    private Correlation() {}

    /** Pearson's product-moment correlation, by deviations from the means (two passes). */
    public static double pearson(double[] x, double[] y) {
        Classification.checkLengths(x.length, y.length);
        if (constant(x) || constant(y)) {
            return Double.NaN;
        }
        double meanX = Arrays.stream(x).average().orElse(Double.NaN);
        double meanY = Arrays.stream(y).average().orElse(Double.NaN);
        double products = 0;
        double squaresX = 0;
        double squaresY = 0;
        for (int i = 0; i < x.length; i++) {
            products += (x[i] - meanX) * (y[i] - meanY);
            squaresX += (x[i] - meanX) * (x[i] - meanX);
            squaresY += (y[i] - meanY) * (y[i] - meanY);
        }
        double correlation = products / (Math.sqrt(squaresX) * Math.sqrt(squaresY));
        return Math.max(-1, Math.min(1, correlation)); // rounding; NaN stays NaN
    }

    /** Spearman's rank correlation: Pearson's of the ranks, equal values sharing their ranks' mean. */
    public static double spearman(double[] x, double[] y) {
        Classification.checkLengths(x.length, y.length);
        if (Arrays.stream(x).anyMatch(Double::isNaN) || Arrays.stream(y).anyMatch(Double::isNaN)) {
            return Double.NaN;
        }
        return pearson(ranks(x), ranks(y));
    }

    /** The rank of each value from 1, the smallest; equal values share the mean of their ranks. */
    public static double[] ranks(double[] values) {
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] ranks = new double[values.length];
        for (int from = 0; from < order.length; ) {
            int to = from + 1;
            while (to < order.length && values[order[to]] == values[order[from]]) {
                to++;
            }
            for (int i = from; i < to; i++) {
                ranks[order[i]] = (from + 1 + to) / 2.0;
            }
            from = to;
        }
        return ranks;
    }

    private static boolean constant(double[] values) {
        return Arrays.stream(values).allMatch(value -> value == values[0]);
    }
}
