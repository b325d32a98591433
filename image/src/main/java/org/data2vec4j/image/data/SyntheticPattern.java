package org.data2vec4j.image.data;

/**
 * The classes of synthetic surfaces: two-coloured patterns over the plane with period 1 in both directions (bricks: 2 in x). The two
 * colours cover about equal areas, so that the colours of an image do not tell its class.
 */
@SuppressWarnings("ImmutableEnumChecker") // the patterns are functions without state
enum SyntheticPattern {
    STRIPES((x, y) -> fraction(x) < 0.5),
    WAVES((x, y) -> fraction(x + 0.28 * Math.sin(2 * Math.PI * y)) < 0.5),
    CHECKS((x, y) -> (fraction(x) < 0.5) == (fraction(y) < 0.5)),
    DOTS((x, y) -> radius(x, y) < 0.4),
    RINGS((x, y) -> radius(x, y) < 0.48 && radius(x, y) > 0.27),
    GRID((x, y) -> fraction(x) < 0.293 || fraction(y) < 0.293),
    BRICKS((x, y) -> fraction(y) < 0.35 || fraction(0.5 * x + 0.5 * Math.floor(y)) < 0.23),
    TRIANGLES((x, y) -> fraction(x) + fraction(y) < 1),
    CROSSES((x, y) -> Math.max(offset(x), offset(y)) < 0.45 && Math.min(offset(x), offset(y)) < 0.171),
    LEAVES((x, y) -> Math.sin(2 * Math.PI * x) + Math.sin(2 * Math.PI * (0.5 * x + 0.866 * y))
            > Math.sin(2 * Math.PI * (0.866 * y - 0.5 * x)));

    private final Pattern pattern;

    SyntheticPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /** Which of the two colours a point has. */
    boolean first(double x, double y) {
        return pattern.first(x, y);
    }

    private interface Pattern {
        boolean first(double x, double y);
    }

    private static double fraction(double value) {
        return value - Math.floor(value);
    }

    /** The distance from the middle of a period, 0 to 0.5. */
    private static double offset(double value) {
        return Math.abs(fraction(value) - 0.5);
    }

    private static double radius(double x, double y) {
        return Math.hypot(offset(x), offset(y));
    }
}
