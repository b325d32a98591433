package org.data2vec4j.data.text;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of a table.
 *
 * @param values what the columns say, by name; empty cells and JSON's null are left out. Values inside objects and arrays have dotted
 *     names: {@code recording.sources.0.source}
 * @param place file and line, for messages
 */
public record TableRow(Map<String, String> values, String place) {
    /** The value of the first of some columns that has one; null if none has. */
    public @Nullable String first(List<String> columns) {
        for (String column : columns) {
            String value = values.get(column);
            if (value != null) {
                return value;
            }
        }
        return null;
    }
}
