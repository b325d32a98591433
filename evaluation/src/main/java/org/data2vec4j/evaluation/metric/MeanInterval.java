package org.data2vec4j.evaluation.metric;

import java.util.Arrays;

/**
 * A mean and its 95 % interval by Student's t, which takes the values for draws of one normal distribution.
 *
 * @param count how many values
 * @param mean their mean
 * @param half half the interval's width; NaN of one value, which says nothing of the spread
 */
public record MeanInterval(int count, double mean, double half) {
    private static final double Z = 1.959963984540054; // the normal distribution's 97.5 % point

    /** The 97.5 % points of Student's t with 1, 2, … degrees of freedom. */
    private static final double[] T = {
        12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281, 2.2010, 2.1788, 2.1604, 2.1448,
        2.1314, 2.1199, 2.1098, 2.1009, 2.0930, 2.0860
    };

    /** Of at least one value. */
    public static MeanInterval of(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("the mean of nothing");
        }
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        int freedom = values.length - 1;
        double half = freedom == 0 ? Double.NaN : quantile(freedom) * Math.sqrt(squares / freedom / values.length);
        return new MeanInterval(values.length, mean, half);
    }

    /** Lower end. */
    public double low() {
        return mean - half;
    }

    /** Upper end. */
    public double high() {
        return mean + half;
    }

    /** The 97.5 % point; beyond the table by Cornish and Fisher's expansion (1937), right to four places. */
    static double quantile(int freedom) {
        if (freedom <= T.length) {
            return T[freedom - 1];
        }
        double cube = Z * Z * Z;
        double first = (cube + Z) / 4;
        double second = (5 * cube * Z * Z + 16 * cube + 3 * Z) / 96;
        return Z + first / freedom + second / ((double) freedom * freedom);
    }
}
