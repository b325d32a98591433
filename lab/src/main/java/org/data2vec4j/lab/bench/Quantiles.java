package org.data2vec4j.lab.bench;

import java.util.Arrays;

/** Quantiles of a few measurements, straight lines between neighbours (Hyndman and Fan's type 7, the usual one). */
final class Quantiles {
    private final double[] sorted;

    private Quantiles(double[] sorted) {
        this.sorted = sorted;
    }

    /** Of at least one measurement, in any order. */
    static Quantiles of(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("quantiles of nothing");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Quantiles(sorted);
    }

    /** The quantile at a share from 0 to 1. */
    double at(double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
