package org.data2vec4j.report;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Samples in the plane, coloured by class, each with a picture or words under the pointer or finger.
 *
 * @param label what it shows
 * @param classes names, which the colours stand for
 * @param points the samples
 */
public record PointCloud(String label, List<String> classes, List<Point> points) {
    /**
     * A sample.
     *
     * @param x to the right, any unit
     * @param y up, the same unit
     * @param group its class, an index; −1 if unknown
     * @param text about it
     * @param picture of it, or null; all of them have one size
     */
    public record Point(
            double x,
            double y,
            int group,
            String text,
            @Nullable Picture picture) {}

    private static final int WIDTH = 720;
    private static final int HEIGHT = 560;
    private static final int MARGIN = 14;
    private static final int COLUMNS = 20;
    private static final double GOLDEN = 137.508; // degrees: neighbours in number are far apart in colour

    /** Copies the lists. */
    public PointCloud {
        classes = List.copyOf(classes);
        points = List.copyOf(points);
    }

    /** The plot with its legend. */
    public String render() {
        double left = points.stream().mapToDouble(Point::x).min().orElse(0);
        double right = points.stream().mapToDouble(Point::x).max().orElse(1);
        double low = points.stream().mapToDouble(Point::y).min().orElse(0);
        double high = points.stream().mapToDouble(Point::y).max().orElse(1);
        Picture sheet = sheet();
        StringBuilder out = new StringBuilder("<div class=\"cloud\"");
        if (sheet != null) {
            Picture tile = tile();
            out.append(format(
                    " data-tile=\"%d %d %d\" style=\"--sheet:url(%s)\"",
                    tile.width(), tile.height(), Math.min(COLUMNS, points.size()), sheet.dataUri()));
        }
        out.append(format("><svg role=\"img\" viewBox=\"0 0 %d %d\">", WIDTH, HEIGHT));
        out.append(Html.element("title", "", label));
        for (Point point : points) {
            double x = MARGIN + (WIDTH - 2 * MARGIN) * share(point.x(), left, right);
            double y = HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * share(point.y(), low, high);
            out.append(
                    format("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"5\" style=\"fill:%s\">", x, y, colour(point.group())));
            out.append(Html.element("title", "", point.text())).append("</circle>");
        }
        out.append("</svg><ul class=\"legend\">");
        for (int i = 0; i < classes.size(); i++) {
            out.append("<li style=\"--c:")
                    .append(colour(i))
                    .append("\">")
                    .append(Html.escape(classes.get(i)))
                    .append("</li>");
        }
        return out.append("</ul></div>").toString();
    }

    private static double share(double value, double low, double high) {
        return high > low ? (value - low) / (high - low) : 0.5;
    }

    private String colour(int group) {
        if (group < 0) {
            return "#888";
        }
        int lightness = classes.size() > 6 && group % 2 == 1 ? 62 : 46;
        return format("hsl(%.0f 62%% %d%%)", 215 + group * GOLDEN, lightness);
    }

    private Picture tile() {
        for (Point point : points) {
            if (point.picture() != null) {
                return point.picture();
            }
        }
        throw new IllegalStateException("no point has a picture");
    }

    /** All pictures on one sheet, in the points' order, {@value #COLUMNS} to a row; null if there are none. */
    private @Nullable Picture sheet() {
        if (points.stream().allMatch(point -> point.picture() == null)) {
            return null;
        }
        Picture tile = tile();
        int columns = Math.min(COLUMNS, points.size());
        int rows = (points.size() + columns - 1) / columns;
        int width = columns * tile.width();
        byte[] rgb = new byte[3 * width * rows * tile.height()];
        for (int i = 0; i < points.size(); i++) {
            Picture picture = points.get(i).picture();
            for (int y = 0; picture != null && y < tile.height(); y++) {
                int to = 3 * ((i / columns * tile.height() + y) * width + i % columns * tile.width());
                System.arraycopy(picture.rgb(), 3 * y * tile.width(), rgb, to, 3 * tile.width());
            }
        }
        return new Picture(width, rows * tile.height(), rgb);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
