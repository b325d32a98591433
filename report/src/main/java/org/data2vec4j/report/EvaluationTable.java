package org.data2vec4j.report;

import java.util.List;
import org.data2vec4j.core.Check;

/**
 * Scores of several models on several tasks; the first column is the model the page is about, the others are what it is
 * measured against, such as random initialisation and raw pixels.
 *
 * @param title heading of the table
 * @param columns names of the models, at least one
 * @param rows one per task, each with a value per column
 * @param note how the scores were measured; may be empty
 */
public record EvaluationTable(String title, List<String> columns, List<EvaluationRow> rows, String note) {
    /** Copies the lists and checks that every row has a value per column. */
    public EvaluationTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        Check.that(!columns.isEmpty(), "evaluation table \"" + title + "\" has no columns");
        for (EvaluationRow row : rows) {
            Check.that(
                    row.values().size() == columns.size(),
                    "evaluation table \"" + title + "\", row \"" + row.name() + "\" has "
                            + row.values().size() + " values; expected " + columns.size());
        }
    }
}
