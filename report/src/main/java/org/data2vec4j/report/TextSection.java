package org.data2vec4j.report;

import java.util.List;
import java.util.Locale;

/** Text among what lies nearest to it, and text as a student sees it. */
public final class TextSection {
    private TextSection() {}

    /** A piece of text, which may be set apart from what is around it. */
    public record Piece(String text, boolean marked) {}

    /**
     * Text with what lies nearest.
     *
     * @param query the text
     * @param nearest nearest first
     */
    public record Row(List<Piece> query, List<Neighbour> nearest) {
        /** Copies the lists. */
        public Row {
            query = List.copyOf(query);
            nearest = List.copyOf(nearest);
        }
    }

    /** A text and its similarity to the query. */
    public record Neighbour(List<Piece> text, double similarity) {
        /** Copies the list. */
        public Neighbour {
            text = List.copyOf(text);
        }
    }

    /** A section of texts, each above those nearest to it; empty if there are none. */
    public static ReportSection nearest(String id, String title, String lead, List<Row> rows) {
        StringBuilder out = new StringBuilder();
        for (Row row : rows) {
            out.append("<div class=\"text\"><p class=\"query\">")
                    .append(html(row.query()))
                    .append("</p><ol>");
            for (Neighbour neighbour : row.nearest()) {
                out.append("<li>")
                        .append(html(neighbour.text()))
                        .append(String.format(Locale.ROOT, " <span>%.2f</span></li>", neighbour.similarity()));
            }
            out.append("</ol></div>");
        }
        return new ReportSection(id, title, lead, out.toString());
    }

    /** A section of texts whose marked pieces are hidden from the student. */
    public static ReportSection masked(String id, String title, String lead, List<List<Piece>> texts) {
        StringBuilder out = new StringBuilder();
        texts.forEach(
                text -> out.append("<p class=\"hidden\">").append(html(text)).append("</p>"));
        return new ReportSection(id, title, lead, out.toString());
    }

    private static String html(List<Piece> pieces) {
        StringBuilder out = new StringBuilder();
        for (Piece piece : pieces) {
            out.append(piece.marked() ? Html.element("mark", "", piece.text()) : Html.escape(piece.text()));
        }
        return out.toString();
    }
}
