package org.data2vec4j.report;

import java.util.List;

/** Tables of scores: the best of each row marked, and the first column's lead over the best of the others. */
final class EvaluationSection {
    private EvaluationSection() {}

    /** The section's content. */
    static String render(List<EvaluationTable> tables) {
        StringBuilder out = new StringBuilder();
        tables.forEach(table -> table(out, table));
        return out.toString();
    }

    private static void table(StringBuilder out, EvaluationTable table) {
        out.append("<div class=\"scroll\"><table>").append(Html.element("caption", "", table.title()));
        out.append("<thead><tr><th></th>");
        table.columns().forEach(column -> out.append(Html.element("th", "", column)));
        boolean compared = table.columns().size() > 1;
        out.append(compared ? "<th>lead</th>" : "").append("</tr></thead><tbody>");
        for (EvaluationRow row : table.rows()) {
            double best = row.best(0);
            out.append("<tr><th scope=\"row\">").append(Html.escape(row.name())).append("</th>");
            for (double value : row.values()) {
                boolean marked = compared && value == best;
                out.append(marked ? "<td class=\"best\">" : "<td>")
                        .append(value(row, value))
                        .append("</td>");
            }
            out.append(compared ? lead(row) : "").append("</tr>");
        }
        out.append("</tbody></table></div>");
        if (!table.note().isEmpty()) {
            out.append(Html.element("p", "note", table.note()));
        }
    }

    private static String value(EvaluationRow row, double value) {
        if (row.scale() == EvaluationRow.Scale.PLAIN || !Double.isFinite(value)) {
            return Numbers.brief(value);
        }
        return Numbers.percent(value) + "<small>%</small>";
    }

    private static String lead(EvaluationRow row) {
        double difference = row.values().get(0) - row.best(1);
        if (!Double.isFinite(difference)) {
            return "<td>–</td>";
        }
        boolean wins = difference == 0 || difference > 0 == (row.better() == EvaluationRow.Better.HIGHER);
        String sign = difference > 0 ? "+" : "";
        String number =
                row.scale() == EvaluationRow.Scale.PERCENT ? Numbers.percent(difference) : Numbers.brief(difference);
        return "<td class=\"" + (wins ? "up" : "down") + "\">" + sign + number + "</td>";
    }
}
