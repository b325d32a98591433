package org.data2vec4j.evaluation.probe;

/**
 * A range that holds a proportion's true value with 95 % confidence.
 *
 * @param low its lower end, from 0
 * @param high its upper end, up to 1
 */
public record Interval(double low, double high) {
    private static final double Z = 1.959963984540054; // the normal distribution's 97.5 % point

    /** Wilson's score interval (1927) for {@code correct} of {@code total} draws; everything from 0 to 1 if there was none. */
    public static Interval wilson(long correct, long total) {
        if (correct < 0 || correct > total) {
            throw new IllegalArgumentException(correct + " correct of " + total);
        }
        if (total == 0) {
            return new Interval(0, 1);
        }
        double share = correct / (double) total;
        double spread = Z * Z / total;
        double centre = (share + spread / 2) / (1 + spread);
        double half = Z * Math.sqrt(share * (1 - share) / total + spread / (4 * total)) / (1 + spread);
        // The ends are exact there, but for rounding.
        return new Interval(correct == 0 ? 0 : centre - half, correct == total ? 1 : centre + half);
    }
}
