package org.data2vec4j.report;

import java.util.List;
import java.util.Locale;

/** Samples beside their masked clones; what is hidden from the student is hatched. */
final class MaskSection {
    private static final int MOST_COLUMNS = 9;

    private MaskSection() {}

    /** The section's content. */
    static String render(List<MaskFigure> figures) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < figures.size(); i++) {
            figure(out, figures.get(i), "mask" + i);
        }
        return out.toString();
    }

    private static void figure(StringBuilder out, MaskFigure figure, String id) {
        int width = figure.image().width();
        int height = figure.image().height();
        String svg =
                String.format(Locale.ROOT, "<svg class=\"picture\" role=\"img\" viewBox=\"0 0 %d %d\">", width, height);
        double patch = Math.min((double) width / figure.gridWidth(), (double) height / figure.gridHeight());
        int columns = Math.min(1 + figure.clones().size(), MOST_COLUMNS);
        out.append("<div class=\"masks\" style=\"--columns:" + columns + "\"><figure>")
                .append(svg)
                .append("<title>sample</title><defs>");
        out.append(String.format(
                Locale.ROOT,
                "<pattern id=\"%s-hatch\" width=\"%.3f\" height=\"%.3f\" patternUnits=\"userSpaceOnUse\""
                        + " patternTransform=\"rotate(45)\"><path class=\"hatch\" d=\"M0 0V%.3f\" stroke-width=\"%.3f\"/>"
                        + "</pattern></defs>",
                id,
                patch / 3,
                patch / 3,
                patch / 3,
                patch / 7));
        out.append(String.format(
                Locale.ROOT,
                "<image id=\"%s\" width=\"%d\" height=\"%d\" href=\"%s\"/></svg><figcaption>sample</figcaption></figure>",
                id,
                width,
                height,
                figure.image().dataUri()));
        for (boolean[] clone : figure.clones()) {
            String path = path(clone, figure);
            out.append("<figure>")
                    .append(svg)
                    .append("<title>masked clone</title><use href=\"#")
                    .append(id);
            out.append("\"/><path class=\"masked\" d=\"")
                    .append(path)
                    .append("\"/><path fill=\"url(#")
                    .append(id);
            out.append("-hatch)\" d=\"").append(path).append("\"/></svg><figcaption>");
            out.append(masked(clone)).append("% masked</figcaption></figure>");
        }
        out.append("</div>");
    }

    private static String path(boolean[] clone, MaskFigure figure) {
        double patchWidth = (double) figure.image().width() / figure.gridWidth();
        double patchHeight = (double) figure.image().height() / figure.gridHeight();
        StringBuilder d = new StringBuilder();
        for (int place = 0; place < clone.length; place++) {
            if (clone[place]) {
                int row = place / figure.gridWidth();
                int column = place % figure.gridWidth();
                d.append(String.format(
                        Locale.ROOT,
                        "M%.4g %.4gh%.4gv%.4gh%.4gz",
                        column * patchWidth,
                        row * patchHeight,
                        patchWidth,
                        patchHeight,
                        -patchWidth));
            }
        }
        return d.toString();
    }

    private static long masked(boolean[] clone) {
        int count = 0;
        for (boolean place : clone) {
            count += place ? 1 : 0;
        }
        return Math.round(100.0 * count / clone.length);
    }
}
