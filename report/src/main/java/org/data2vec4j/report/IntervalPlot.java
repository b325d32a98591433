package org.data2vec4j.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * Means with their intervals, one row each, and the single values as dots behind; an SVG file that stands alone.
 *
 * @param label what the values are
 * @param rows from top to bottom
 * @param baselineName what the dashed line is
 * @param baseline its value; NaN for none
 */
public record IntervalPlot(String label, List<Row> rows, String baselineName, double baseline) {
    /**
     * A row.
     *
     * @param name its label
     * @param values the single values
     * @param mean their mean
     * @param low lower end of the interval
     * @param high upper end; with {@code low} not finite if there is no interval
     */
    public record Row(String name, List<Double> values, double mean, double low, double high) {
        /** Copies the list. */
        public Row {
            values = List.copyOf(values);
        }
    }

    private static final int WIDTH = 760;
    private static final int ROW = 30;
    private static final int TOP = 34;
    private static final int BOTTOM = 48;
    private static final int RIGHT = 24;
    private static final int LETTER = 7;
    private static final int LONGEST = 44;
    private static final int TICKS = 7;
    private static final String STYLE = "text{font:12px ui-sans-serif,system-ui,sans-serif;fill:#5d6067}"
            + ".name{fill:#1c1d20}.grid{stroke:#ebe8e1}.bar{stroke:#1f5fa8;stroke-width:2}.mean{fill:#1f5fa8}"
            + ".dot{fill:#1f5fa8;opacity:.35}.base{stroke:#b8500b;stroke-dasharray:6 5}rect{fill:#fcfbf8}";

    /** Copies the list. */
    public IntervalPlot {
        rows = List.copyOf(rows);
    }

    /** The file's text. */
    public String render() {
        int longest = rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
        int left = 24 + LETTER * Math.min(LONGEST, longest);
        int height = TOP + ROW * rows.size() + BOTTOM;
        StringBuilder out = new StringBuilder(format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 %d %d\" width=\"%d\">%n",
                WIDTH, height, WIDTH));
        out.append(Html.element("title", "", label)).append("<style>" + STYLE + "</style>");
        out.append(format("<rect width=\"%d\" height=\"%d\"/>%n", WIDTH, height));
        text(out, "start", "", 12, 20, label);
        double[] values = values();
        if (values.length > 0) {
            Axis x = Axis.values(values, false, left, WIDTH - RIGHT);
            grid(out, x, height - BOTTOM);
            for (int i = 0; i < rows.size(); i++) {
                row(out, rows.get(i), x, left, TOP + ROW * i + ROW / 2.0);
            }
        }
        return out.append("</svg>\n").toString();
    }

    private double[] values() {
        List<Double> all = new ArrayList<>();
        for (Row row : rows) {
            all.addAll(row.values());
            all.addAll(List.of(row.mean(), row.low(), row.high()));
        }
        return DoubleStream.concat(
                        all.stream().mapToDouble(Double::doubleValue),
                        DoubleStream.of(rows.isEmpty() ? Double.NaN : baseline))
                .filter(Double::isFinite)
                .toArray();
    }

    private void grid(StringBuilder out, Axis x, int bottom) {
        for (Axis.Tick tick : x.ticks(TICKS)) {
            double at = x.pixel(tick.value());
            out.append(format("<path class=\"grid\" d=\"M%.1f %dV%d\"/>", at, TOP, bottom));
            text(out, "middle", "", at, bottom + 18, tick.label());
        }
        if (Double.isFinite(baseline)) {
            double at = x.pixel(baseline);
            out.append(format("<path class=\"base\" d=\"M%.1f %dV%d\"/>", at, TOP, bottom));
            text(out, "middle", "", at, bottom + 36, baselineName + " " + Numbers.brief(baseline));
        }
    }

    private static void row(StringBuilder out, Row row, Axis x, int left, double y) {
        String name = row.name().length() <= LONGEST ? row.name() : row.name().substring(0, LONGEST - 1) + "…";
        text(out, "end", "name", left - 12, y + 4, name);
        for (double value : row.values()) {
            out.append(format("<circle class=\"dot\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"/>", x.pixel(value), y));
        }
        if (Double.isFinite(row.low()) && Double.isFinite(row.high())) {
            out.append(
                    format("<path class=\"bar\" d=\"M%.1f %.1fH%.1f\"/>", x.pixel(row.low()), y, x.pixel(row.high())));
        }
        out.append(format("<circle class=\"mean\" cx=\"%.1f\" cy=\"%.1f\" r=\"4.5\"/>%n", x.pixel(row.mean()), y));
    }

    private static void text(StringBuilder out, String anchor, String cssClass, double x, double y, String text) {
        out.append(format(
                "<text%s text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>",
                cssClass.isEmpty() ? "" : " class=\"" + cssClass + "\"", anchor, x, y, Html.escape(text)));
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
