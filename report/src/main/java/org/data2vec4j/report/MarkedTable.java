package org.data2vec4j.report;

import java.util.List;

/**
 * A table whose rows may carry a warning, which stands under the row's name, where no width of the page can hide it.
 *
 * @param title above it
 * @param head one for each column, the first that of the names
 * @param rows the rows
 * @param note below it; may be empty
 */
public record MarkedTable(String title, List<String> head, List<Row> rows, String note) {
    /**
     * A row.
     *
     * @param name in the first column
     * @param warning below the name; empty for none
     * @param cells the other columns'
     */
    public record Row(String name, String warning, List<String> cells) {
        /** Copies the list. */
        public Row {
            cells = List.copyOf(cells);
        }
    }

    /** Copies the lists. */
    public MarkedTable {
        head = List.copyOf(head);
        rows = List.copyOf(rows);
    }

    /** As HTML. */
    public String html() {
        StringBuilder out = new StringBuilder("<div class=\"scroll\"><table>");
        out.append(Html.element("caption", "", title)).append("<thead><tr>");
        head.forEach(word -> out.append(Html.element("th", "", word)));
        out.append("</tr></thead><tbody>");
        for (Row row : rows) {
            out.append("<tr><th>").append(Html.escape(row.name()));
            out.append(row.warning().isEmpty() ? "" : Html.element("span", "differs", row.warning()))
                    .append("</th>");
            row.cells().forEach(cell -> out.append(TextTable.cell(cell)));
            out.append("</tr>");
        }
        return out.append("</tbody></table></div>")
                .append(note.isEmpty() ? "" : Html.element("p", "note", note))
                .toString();
    }
}
