package org.data2vec4j.lab.race;

/**
 * What one paid for another's best score, beside what that one paid for it.
 *
 * @param score the other's best
 * @param paid when it was first reached; NaN if it never was
 * @param other when the other first had it
 */
record TimeToScore(double score, double paid, double other) {
    static TimeToScore of(Curve one, Curve other) {
        return new TimeToScore(other.best(), one.reaches(other.best()), other.bestAt());
    }

    /**
     * How many times less was paid: above 1 for the faster; infinite if it was there before any training; NaN if it never was, or if
     * the other was never better than before its training, so that there is nothing to compare with.
     */
    double factor() {
        return other == 0 ? Double.NaN : other / paid;
    }

    /** Such as {@code 2.3×}. */
    String label() {
        if (other == 0) {
            return "no gain to reach";
        }
        double factor = factor();
        if (Double.isNaN(factor)) {
            return "not reached";
        }
        return Double.isInfinite(factor) ? "before training" : RaceText.text("%.2f×", factor);
    }
}
