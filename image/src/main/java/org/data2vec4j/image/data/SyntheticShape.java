package org.data2vec4j.image.data;

/** The classes of synthetic pictures: plane figures around the origin, all scaled to one area. */
@SuppressWarnings("ImmutableEnumChecker") // the figures are functions without state
enum SyntheticShape {
    DISC((x, y) -> x * x + y * y < 1),
    SQUARE((x, y) -> Math.max(Math.abs(x), Math.abs(y)) < 1),
    TRIANGLE((x, y) -> y > -0.5 && y < 1 - 1.732 * Math.abs(x)),
    RING((x, y) -> x * x + y * y < 1 && x * x + y * y > 0.36),
    CROSS((x, y) -> Math.max(Math.abs(x), Math.abs(y)) < 1 && Math.min(Math.abs(x), Math.abs(y)) < 0.3),
    STAR((x, y) -> star(x, y, Math.sqrt(x * x + y * y))),
    CRESCENT((x, y) -> x * x + y * y < 1 && (x - 0.5) * (x - 0.5) + y * y > 0.6),
    BARS((x, y) -> Math.max(Math.abs(x), Math.abs(y)) < 1 && Math.abs(Math.abs(x) - 0.5) > 0.25),
    ANGLE((x, y) -> Math.max(Math.abs(x), Math.abs(y)) < 1 && Math.min(x, y) < -0.4),
    HOURGLASS((x, y) -> Math.abs(y) < 1 && Math.abs(x) < Math.abs(y) * 0.9);

    private static final double AREA = 1.5;
    private static final int GRID = 128;
    private static final double REACH = 1.05;

    private final Figure figure;
    private final double shrink;

    SyntheticShape(Figure figure) {
        this.figure = figure;
        this.shrink = Math.sqrt(area(figure) / AREA);
    }

    /** Whether a point lies in the figure, which reaches about one unit from the origin. */
    boolean contains(double x, double y) {
        return figure.contains(x * shrink, y * shrink);
    }

    private interface Figure {
        boolean contains(double x, double y);
    }

    /** Five points at radius 1, notches at 0.42: within a tenth of a turn the edge is a straight line. */
    private static boolean star(double x, double y, double radius) {
        if (radius >= 1) {
            return false;
        }
        double tenth = Math.PI / 5;
        double turn = Math.abs(Math.IEEEremainder(Math.atan2(x, y), 2 * tenth)); // 0 at a point, a tenth at a notch
        double notch = 0.42;
        double edgeX = notch * Math.cos(tenth) - 1;
        double edgeY = notch * Math.sin(tenth);
        return edgeX * (radius * Math.sin(turn)) - edgeY * (radius * Math.cos(turn) - 1) > 0;
    }

    private static double area(Figure figure) {
        int inside = 0;
        for (int row = 0; row < GRID; row++) {
            double y = ((row + 0.5) / GRID * 2 - 1) * REACH;
            for (int column = 0; column < GRID; column++) {
                double x = ((column + 0.5) / GRID * 2 - 1) * REACH;
                inside += figure.contains(x, y) ? 1 : 0;
            }
        }
        return 4 * REACH * REACH * inside / (GRID * GRID);
    }
}
