package org.data2vec4j.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * Curves of means with a band for each interval; an SVG file that stands alone and that pages can hold.
 *
 * @param title for those who cannot see it, and above the plot
 * @param xLabel what goes to the right
 * @param yLabel what goes up
 * @param curves drawn in order with the palette's colours
 * @param baselines horizontal lines
 */
public record BandPlot(String title, String xLabel, String yLabel, List<Curve> curves, List<Line> baselines) {
    /**
     * A curve.
     *
     * @param name for the legend
     * @param points in order
     */
    public record Curve(String name, List<Point> points) {
        /** Copies the list. */
        public Curve {
            points = List.copyOf(points);
        }
    }

    /** A mean and its interval, whose ends are not finite if there is none. */
    public record Point(double x, double mean, double low, double high) {
        private boolean banded() {
            return Double.isFinite(low) && Double.isFinite(high);
        }
    }

    /** A horizontal line. */
    public record Line(String name, double value) {}

    private static final int WIDTH = 760;
    private static final int HEIGHT = 400;
    private static final int LEFT = 58;
    private static final int RIGHT = 22;
    private static final int TOP = 56;
    private static final int PLOT_BOTTOM = HEIGHT - 96;
    private static final int PALETTE = 6;
    private static final int LETTER = 7;
    private static final int KEY = 54;
    private static final List<String> LIGHT = List.of("#1f5fa8", "#b8500b", "#0b7a68", "#7a469f", "#806300", "#5a6270");
    private static final List<String> DARK = List.of("#74b0f4", "#f0975a", "#4dc4ad", "#c39aec", "#d9b94a", "#a9b1bd");
    private static final String STYLE = ".bands text{font:12px ui-sans-serif,system-ui,sans-serif;fill:#5d6067}"
            + ".bands .head{font-size:13px;font-weight:600;fill:#1c1d20}.bands rect{fill:#fcfbf8}"
            + ".bands path{fill:none;stroke-width:2;stroke-linejoin:round}.bands .grid{stroke:#ebe8e1;stroke-width:1}"
            + ".bands .area{stroke:none;opacity:.16}.bands circle{stroke:#fcfbf8;stroke-width:1}"
            + ".bands .base{stroke:#70737a;stroke-width:1.4;stroke-dasharray:6 5}.bands .l2{stroke-dasharray:2 4}"
            + colours(LIGHT)
            + "@media(prefers-color-scheme:dark){.bands text{fill:#a6a8ac}.bands .head{fill:#e7e5df}"
            + ".bands rect{fill:#15171a}.bands .grid{stroke:#26292d}.bands circle{stroke:#15171a}"
            + ".bands .base{stroke:#8b8e94}" + colours(DARK) + "}";

    /** Copies the lists. */
    public BandPlot {
        curves = List.copyOf(curves);
        baselines =
                baselines.stream().filter(line -> Double.isFinite(line.value())).toList();
    }

    private static String colours(List<String> palette) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < palette.size(); i++) {
            out.append(format(
                    ".bands .c%d{stroke:%s}.bands .area.c%d,.bands circle.c%d{fill:%s}",
                    i + 1, palette.get(i), i + 1, i + 1, palette.get(i)));
        }
        return out.toString();
    }

    /** The file's text. */
    public String render() {
        StringBuilder out = new StringBuilder(format(
                "<svg class=\"bands\" xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 %d %d\""
                        + " width=\"%d\" style=\"max-width:100%%;height:auto\">%n",
                WIDTH, HEIGHT, WIDTH));
        out.append(Html.element("title", "", title)).append("<style>" + STYLE + "</style>");
        out.append(format("<rect width=\"%d\" height=\"%d\"/>%n", WIDTH, HEIGHT));
        text(out, "head", "start", 12, 22, title);
        double[] xs = all(Point::x).toArray();
        double[] ys = DoubleStream.concat(values(), baselines.stream().mapToDouble(Line::value))
                .toArray();
        if (xs.length > 0) {
            draw(out, Axis.updates(xs, LEFT, WIDTH - RIGHT), Axis.values(ys, false, PLOT_BOTTOM, TOP));
        }
        legend(out);
        return out.append("</svg>\n").toString();
    }

    private DoubleStream all(ToDoubleFunction<Point> value) {
        return curves.stream().flatMap(curve -> curve.points().stream()).mapToDouble(value);
    }

    private DoubleStream values() {
        return DoubleStream.concat(all(Point::mean), DoubleStream.concat(all(Point::low), all(Point::high)))
                .filter(Double::isFinite);
    }

    private void draw(StringBuilder out, Axis x, Axis y) {
        for (Axis.Tick tick : y.ticks(6)) {
            double at = y.pixel(tick.value());
            out.append(format("<path class=\"grid\" d=\"M%d %.1fH%d\"/>", LEFT, at, WIDTH - RIGHT));
            text(out, "", "end", LEFT - 8, at + 4, tick.label());
        }
        for (Axis.Tick tick : x.ticks(7)) {
            double at = x.pixel(tick.value());
            text(
                    out,
                    "",
                    at > WIDTH - RIGHT - 20 ? "end" : "middle",
                    Math.min(at, WIDTH - 6),
                    PLOT_BOTTOM + 18,
                    tick.label());
        }
        text(out, "", "end", WIDTH - RIGHT, PLOT_BOTTOM + 36, xLabel);
        text(out, "", "start", 12, 38, yLabel);
        for (int i = 0; i < baselines.size(); i++) {
            out.append(format(
                    "<path class=\"base l%d\" d=\"M%d %.1fH%d\"/>",
                    1 + i % 2, LEFT, y.pixel(baselines.get(i).value()), WIDTH - RIGHT));
        }
        for (int i = 0; i < curves.size(); i++) {
            curve(out, curves.get(i).points(), 1 + i % PALETTE, x, y);
        }
    }

    private static void curve(StringBuilder out, List<Point> points, int colour, Axis x, Axis y) {
        List<Point> banded = points.stream().filter(Point::banded).toList();
        StringBuilder area = new StringBuilder();
        for (Point point : banded) {
            area.append(place(area, x.pixel(point.x()), y.pixel(point.high())));
        }
        for (int i = banded.size() - 1; i >= 0; i--) {
            area.append(place(
                    area, x.pixel(banded.get(i).x()), y.pixel(banded.get(i).low())));
        }
        if (!area.isEmpty()) {
            out.append("<path class=\"area c" + colour + "\" d=\"" + area + "Z\"/>");
        }
        StringBuilder line = new StringBuilder();
        for (Point point : points) {
            line.append(place(line, x.pixel(point.x()), y.pixel(point.mean())));
        }
        out.append("<path class=\"c" + colour + "\" d=\"" + line + "\"/>");
        for (Point point : points) {
            out.append(format(
                    "<circle class=\"c%d\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"/>",
                    colour, x.pixel(point.x()), y.pixel(point.mean())));
        }
        out.append('\n');
    }

    private static String place(StringBuilder before, double x, double y) {
        return format("%s%.1f %.1f", before.isEmpty() ? "M" : "L", x, y);
    }

    private void legend(StringBuilder out) {
        List<String> names = new ArrayList<>();
        List<String> classes = new ArrayList<>();
        for (int i = 0; i < curves.size(); i++) {
            names.add(curves.get(i).name());
            classes.add("c" + (1 + i % PALETTE));
        }
        for (int i = 0; i < baselines.size(); i++) {
            names.add(baselines.get(i).name() + " "
                    + Numbers.brief(baselines.get(i).value()));
            classes.add("base l" + (1 + i % 2));
        }
        double at = LEFT;
        int y = HEIGHT - 34;
        for (int i = 0; i < names.size(); i++) {
            double wide = KEY + LETTER * names.get(i).length();
            if (at > LEFT && at + wide > WIDTH - RIGHT) {
                at = LEFT;
                y += 20;
            }
            out.append(format("<path class=\"%s\" d=\"M%.1f %dh22\"/>", classes.get(i), at, y - 4));
            text(out, "", "start", at + 28, y, names.get(i));
            at += wide;
        }
    }

    private static void text(StringBuilder out, String cssClass, String anchor, double x, double y, String text) {
        out.append(format(
                "<text%s text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>",
                cssClass.isEmpty() ? "" : " class=\"" + cssClass + "\"", anchor, x, y, Html.escape(text)));
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
