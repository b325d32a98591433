package org.data2vec4j.report;

import java.util.List;
import java.util.Locale;

/**
 * A square matrix of values from 0 to 1 as inline SVG, names at both sides, each value readable under the pointer.
 *
 * @param label what it shows
 * @param names of rows and columns
 * @param values row by row; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // values for a picture; never compared
public record HeatMap(String label, List<String> names, double[][] values) {
    private static final int CELL = 22;
    private static final int LEFT = 112;
    private static final int TOP = 8;
    private static final int BOTTOM = 100;

    /** Copies the list. */
    public HeatMap {
        names = List.copyOf(names);
    }

    /** The picture and its scale. */
    public String render() {
        int side = names.size() * CELL;
        StringBuilder out = new StringBuilder(format(
                "<div class=\"heatmap\"><svg role=\"img\" viewBox=\"0 0 %d %d\" style=\"max-width:%dpx\">",
                LEFT + side + 8, TOP + side + BOTTOM, LEFT + side + 8));
        out.append(Html.element("title", "", label));
        for (int i = 0; i < names.size(); i++) {
            int middle = i * CELL + CELL / 2;
            out.append(format("<text text-anchor=\"end\" x=\"%d\" y=\"%d\">", LEFT - 8, TOP + middle + 4))
                    .append(Html.escape(names.get(i)))
                    .append("</text>");
            out.append(format(
                            "<text text-anchor=\"end\" transform=\"translate(%d %d) rotate(-60)\">",
                            LEFT + middle + 4, TOP + side + 12))
                    .append(Html.escape(names.get(i)))
                    .append("</text>");
            for (int j = 0; j < names.size(); j++) {
                double value = values[i][j];
                out.append(format(
                                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#%06x\"><title>",
                                LEFT + j * CELL, TOP + i * CELL, CELL, CELL, Shade.of(value)))
                        .append(Html.escape(names.get(i) + " – " + names.get(j) + ": " + format("%.3f", value)))
                        .append("</title></rect>");
            }
        }
        return out.append("</svg><p class=\"scale\"><span>0</span><i></i><span>1</span></p></div>")
                .toString();
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
