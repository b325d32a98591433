package org.data2vec4j.report;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A table of words, for Markdown and for pages.
 *
 * @param title above it
 * @param head one for each column
 * @param rows as many words each as there are columns; the first names the row
 * @param note below it; may be empty
 */
public record TextTable(String title, List<String> head, List<List<String>> rows, String note) {
    /** Copies the lists. */
    public TextTable {
        head = List.copyOf(head);
        rows = rows.stream().map(List::copyOf).toList();
    }

    /** In Markdown, with a heading. */
    public String markdown() {
        StringBuilder out = new StringBuilder("## " + title + "\n\n");
        out.append(line(head)).append(line(head.stream().map(word -> "---").toList()));
        rows.forEach(row -> out.append(line(row)));
        return out.append(note.isEmpty() ? "" : "\n" + note + "\n").toString();
    }

    /** A number's range in brackets may stand below it where there is little room. */
    static String cell(String word) {
        int bracket = word.indexOf(" (");
        boolean ranged = bracket > 0 && word.endsWith(")") && word.indexOf(' ') == bracket;
        return ranged
                ? "<td>" + Html.escape(word.substring(0, bracket + 1))
                        + Html.element("span", "range", word.substring(bracket + 1)) + "</td>"
                : Html.element("td", "", word);
    }

    private static String line(List<String> words) {
        return words.stream().map(word -> word.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /** As HTML. */
    public String html() {
        StringBuilder out = new StringBuilder("<div class=\"scroll\"><table>");
        out.append(Html.element("caption", "", title)).append("<thead><tr>");
        head.forEach(word -> out.append(Html.element("th", "", word)));
        out.append("</tr></thead><tbody>");
        for (List<String> row : rows) {
            out.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                out.append(i == 0 ? Html.element("th", "", row.get(i)) : cell(row.get(i)));
            }
            out.append("</tr>");
        }
        return out.append("</tbody></table></div>")
                .append(note.isEmpty() ? "" : Html.element("p", "note", note))
                .toString();
    }
}
