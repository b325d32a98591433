package org.data2vec4j.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * A line plot over updates as inline SVG; a long and noisy curve is drawn as a moving average with itself faint behind; colours come from the page's style sheet, so that it follows light and dark.
 *
 * @param label what the plot shows, for those who cannot see it
 * @param series the curves, drawn in order with the palette's colours
 * @param baselines dashed horizontals
 * @param look size and manner
 */
record SvgPlot(String label, List<Series> series, List<Baseline> baselines, Look look) {
    /**
     * Size and manner of a plot.
     *
     * @param width pixels
     * @param height pixels
     * @param log logarithmic values, where all are positive
     * @param markers marks every point
     */
    record Look(int width, int height, boolean log, boolean markers) {}

    private static final int PALETTE = 6;
    private static final int POINTS = 1000;
    private static final int SMOOTH_FROM = 60;
    private static final int LEFT = 52;
    private static final int RIGHT = 14;
    private static final int TOP = 10;
    private static final int BOTTOM = 26;

    /** The plot over updates; of nothing finite, a sentence that says so. */
    String render() {
        return render("update");
    }

    /** The plot over something else, which the read-out under the pointer names. */
    String render(String unit) {
        double[] ys = DoubleStream.concat(
                        series.stream().flatMapToDouble(s -> DoubleStream.of(s.finite())),
                        baselines.stream().mapToDouble(Baseline::value).filter(Double::isFinite))
                .toArray();
        double[] xs =
                series.stream().flatMapToDouble(s -> DoubleStream.of(s.x())).toArray();
        if (ys.length == 0 || xs.length == 0) {
            return "<p class=\"empty\">Nothing finite was measured.</p>";
        }
        Axis x = Axis.updates(xs, LEFT, look.width() - RIGHT);
        Axis y = Axis.values(ys, look.log(), look.height() - BOTTOM, TOP);
        StringBuilder out = new StringBuilder();
        out.append(String.format(
                Locale.ROOT,
                "<svg class=\"plot\" role=\"img\" viewBox=\"0 0 %d %d\" data-x=\"%s %s %s %s\" data-y=\"%s %s %s %s %b\" data-unit=\"%s\">",
                look.width(),
                look.height(),
                x.low(),
                x.high(),
                x.from(),
                x.to(),
                y.low(),
                y.high(),
                y.from(),
                y.to(),
                y.log(),
                unit));
        out.append(Html.element("title", "", label));
        grid(out, x, y);
        baselines.stream()
                .filter(b -> Double.isFinite(b.value()))
                .forEach(b -> out.append(String.format(
                        Locale.ROOT,
                        "<path class=\"baseline b%d\" d=\"M%d %.1fH%d\"/>",
                        1 + baselines.indexOf(b) % 2,
                        LEFT,
                        y.pixel(b.value()),
                        look.width() - RIGHT)));
        for (int i = 0; i < series.size(); i++) {
            curve(out, series.get(i), "s" + (1 + i % PALETTE), x, y);
        }
        return out.append("</svg>").append(legend()).toString();
    }

    private void grid(StringBuilder out, Axis x, Axis y) {
        int bottom = look.height() - BOTTOM;
        for (Axis.Tick tick : y.ticks(Math.max(3, look.height() / 44))) {
            double at = y.pixel(tick.value());
            out.append(String.format(
                    Locale.ROOT, "<path class=\"grid\" d=\"M%d %.1fH%d\"/>", LEFT, at, look.width() - RIGHT));
            text(out, "end", LEFT - 7, at + 4, tick.label());
        }
        for (Axis.Tick tick : x.ticks(Math.max(3, look.width() / 110))) {
            double at = x.pixel(tick.value());
            out.append(String.format(Locale.ROOT, "<path class=\"tick\" d=\"M%.1f %dv4\"/>", at, bottom));
            text(
                    out,
                    at > look.width() - RIGHT - 16 ? "end" : "middle",
                    Math.min(at, look.width() - 4),
                    bottom + 18,
                    tick.label());
        }
        out.append("<path class=\"axis\" d=\"M" + LEFT + " " + bottom + "H" + (look.width() - RIGHT) + "\"/>");
    }

    private void curve(StringBuilder out, Series raw, String colour, Axis x, Axis y) {
        boolean smooth = raw.size() >= SMOOTH_FROM && raw.noisy();
        if (smooth) {
            out.append("<path class=\"raw " + colour + "\" d=\"" + path(raw.decimated(POINTS), x, y) + "\"/>");
        }
        Series main = (smooth ? raw.smoothed(raw.size() / 120.0) : raw).decimated(POINTS);
        out.append("<path class=\"curve " + colour + "\" data-name=\"" + Html.escape(raw.name()) + "\" d=\""
                + path(main, x, y) + "\"/>");
        boolean alone = main.finite().length <= 2; // a line of one point has no length to see
        for (int i = 0; (look.markers() || alone) && i < main.size(); i++) {
            if (visible(main.y()[i], y)) {
                out.append(String.format(
                        Locale.ROOT,
                        "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"/>",
                        colour,
                        x.pixel(main.x()[i]),
                        y.pixel(main.y()[i])));
            }
        }
    }

    private static String path(Series points, Axis x, Axis y) {
        StringBuilder d = new StringBuilder();
        boolean pen = false;
        for (int i = 0; i < points.size(); i++) {
            boolean visible = visible(points.y()[i], y);
            if (visible) {
                d.append(pen ? 'L' : 'M')
                        .append(short1(x.pixel(points.x()[i])))
                        .append(' ')
                        .append(short1(y.pixel(points.y()[i])));
            }
            pen = visible;
        }
        return d.toString();
    }

    private static boolean visible(double value, Axis y) {
        return Double.isFinite(value) && (!y.log() || value > 0);
    }

    private static String short1(double pixel) {
        long tenths = Math.round(pixel * 10);
        return tenths % 10 == 0 ? Long.toString(tenths / 10) : tenths / 10 + "." + tenths % 10;
    }

    private static void text(StringBuilder out, String anchor, double x, double y, String text) {
        out.append(String.format(
                Locale.ROOT,
                "<text text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>",
                anchor,
                x,
                y,
                Html.escape(text)));
    }

    private String legend() {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < series.size() && series.size() + baselines.size() > 1; i++) {
            keys.add("<li class=\"s" + (1 + i % PALETTE) + "\">"
                    + Html.escape(series.get(i).name()) + "</li>");
        }
        for (int i = 0; i < baselines.size(); i++) {
            Baseline baseline = baselines.get(i);
            keys.add("<li class=\"dashed b" + (1 + i % 2) + "\">"
                    + Html.escape(baseline.name() + " " + Numbers.brief(baseline.value())) + "</li>");
        }
        return keys.isEmpty() ? "" : "<ul class=\"legend\">" + String.join("", keys) + "</ul>";
    }
}
