package org.data2vec4j.report;

import java.util.List;
import java.util.Locale;

/** Samples beside their nearest neighbours, each with its similarity and whether its class agrees. */
final class NeighbourSection {
    private NeighbourSection() {}

    /** The section's content. */
    static String render(List<NeighbourFigure> figures) {
        StringBuilder out = new StringBuilder("<div class=\"scroll\"><div class=\"neighbours\">");
        for (NeighbourFigure figure : figures) {
            out.append("<div class=\"row\"><figure class=\"query\">").append(picture(figure.query(), figure.label()));
            out.append(Html.element("figcaption", "", figure.label())).append("</figure>");
            figure.neighbours().forEach(neighbour -> neighbour(out, neighbour));
            out.append("</div>");
        }
        return out.append("</div></div>").toString();
    }

    private static void neighbour(StringBuilder out, Neighbour neighbour) {
        String verdict = neighbour.sameClass() ? "same" : "other";
        out.append("<figure class=\"")
                .append(verdict)
                .append("\">")
                .append(picture(neighbour.image(), neighbour.label()));
        out.append("<figcaption>").append(neighbour.sameClass() ? "✓ " : "✗ ").append(Html.escape(neighbour.label()));
        out.append(" <span>").append(similarity(neighbour.similarity())).append("</span></figcaption></figure>");
    }

    private static String similarity(double value) {
        return Double.isFinite(value)
                ? String.format(Locale.ROOT, "%.2f", value).replace('-', '−')
                : "–";
    }

    private static String picture(Picture picture, String label) {
        return "<img alt=\"" + Html.escape(label) + "\" src=\"" + picture.dataUri() + "\"/>";
    }
}
