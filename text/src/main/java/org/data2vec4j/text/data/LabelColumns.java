package org.data2vec4j.text.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The columns of labelled text in a table.
 *
 * @param text the column of the text; empty for the usual names
 * @param label the column of the label; empty for the usual names
 */
public record LabelColumns(String text, String label) {
    /** Columns by their usual names. */
    public static final LabelColumns USUAL = new LabelColumns("", "");

    private static final List<String> TEXTS = List.of("text", "sentence", "review", "content", "document", "tweet");
    private static final List<String> LABELS = List.of("label", "labels", "class", "category", "target", "sentiment");
    private static final List<List<String>> PAIRS = List.of(
            List.of("sentence1", "sentence2"),
            List.of("premise", "hypothesis"),
            List.of("question1", "question2"),
            List.of("question", "sentence"),
            List.of("text1", "text2"));

    /** Whether a column was named. */
    public boolean named() {
        return !text.isEmpty() || !label.isEmpty();
    }

    /** Whether a table with these columns has a text and a label. */
    public boolean in(List<String> columns) {
        return !texts(columns).isEmpty() && label(columns) != null;
    }

    /** The column of the text, or the two of a pair; empty if there is none. */
    List<String> texts(List<String> columns) {
        if (!text.isEmpty()) {
            return columns.contains(text) ? List.of(text) : List.of();
        }
        for (List<String> pair : PAIRS) {
            if (columns.containsAll(pair)) {
                return pair;
            }
        }
        return TEXTS.stream().filter(columns::contains).limit(1).toList();
    }

    /** The column of the label; null if there is none. */
    @Nullable
    String label(List<String> columns) {
        if (!label.isEmpty()) {
            return columns.contains(label) ? label : null;
        }
        return LABELS.stream().filter(columns::contains).findFirst().orElse(null);
    }

    /** What a table must have, for messages. */
    String expected() {
        return "a text column (" + (text.isEmpty() ? String.join(", ", TEXTS) : text)
                + "; set text=COLUMN) and a label column (" + (label.isEmpty() ? String.join(", ", LABELS) : label)
                + "; set label=COLUMN)";
    }
}
