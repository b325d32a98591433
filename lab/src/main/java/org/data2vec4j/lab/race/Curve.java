package org.data2vec4j.lab.race;

/**
 * A score over what was paid for it: straight lines between points in order, the first of which is what it was before any training.
 *
 * @param x paid, rising
 * @param y scores, as many
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
record Curve(double[] x, double[] y) {
    Curve {
        if (x.length != y.length || x.length == 0) {
            throw new IllegalArgumentException(x.length + " places and " + y.length + " scores");
        }
    }

    /** The best score. */
    double best() {
        return y[bestIndex()];
    }

    /** What had been paid when the best score was first there. */
    double bestAt() {
        return x[bestIndex()];
    }

    private int bestIndex() {
        int best = 0;
        for (int i = 1; i < y.length; i++) {
            best = y[i] > y[best] ? i : best;
        }
        return best;
    }

    /** What had been paid when a score was first reached, by linear interpolation; NaN if it never was. */
    double reaches(double score) {
        if (y[0] >= score) {
            return x[0];
        }
        for (int i = 1; i < y.length; i++) {
            if (y[i] >= score) {
                return x[i - 1] + (x[i] - x[i - 1]) * (score - y[i - 1]) / (y[i] - y[i - 1]);
            }
        }
        return Double.NaN;
    }
}
