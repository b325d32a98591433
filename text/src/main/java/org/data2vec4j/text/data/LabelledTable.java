package org.data2vec4j.text.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.data2vec4j.core.FileFailure;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.parquet.ParquetColumn;
import org.data2vec4j.data.parquet.ParquetFile;
import org.data2vec4j.data.parquet.ParquetSelection;
import org.data2vec4j.data.text.TableReader;
import org.data2vec4j.data.text.TableRow;
import org.jspecify.annotations.Nullable;

/** Labelled text of a table: a column of texts, or two of pairs, and one of labels. */
public final class LabelledTable {
    private LabelledTable() {}

    /**
     * Whether a file is to be read as such a table: JSON lines and comma-separated values are; tab-separated values are if their
     * header has the columns, or columns were named.
     */
    public static boolean isTable(Path file, LabelColumns columns) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".tsv") || name.endsWith(".txt")) {
            return columns.named() || columns.in(TableReader.header(file));
        }
        return TableReader.isTable(name) || name.endsWith(".parquet");
    }

    /** The texts and numbers of a Parquet file; classes that it names are given by name. */
    private static List<TableRow> parquetRows(Path file) {
        List<TableRow> rows = new ArrayList<>();
        try (ParquetFile parquet = ParquetFile.open(file)) {
            for (int row = 0; row < parquet.rows(); row++) {
                Map<String, String> values = new LinkedHashMap<>();
                for (String name : parquet.columns()) {
                    ParquetColumn column = name.endsWith(".bytes") ? null : parquet.column(name);
                    String value = column == null ? null : column.text(row);
                    String told = ParquetSelection.label(value, parquet.classes(name));
                    if (told != null) {
                        values.put(name, told);
                    }
                }
                rows.add(new TableRow(values, file + ", row " + row));
            }
        } catch (IOException e) {
            throw new UserException("the Parquet file " + file + " cannot be read: " + FileFailure.reason(e), e);
        }
        return rows;
    }

    /** The labelled texts; those without text or label are skipped, counted and told. */
    static List<LabelledLines.Line> lines(Path file, LabelColumns columns, SkippedText skipped) {
        boolean parquet = ParquetSelection.isParquet(file);
        List<TableRow> rows = parquet ? parquetRows(file) : TableReader.rows(file);
        Set<String> names = new LinkedHashSet<>();
        rows.forEach(row -> names.addAll(row.values().keySet()));
        List<String> known = List.copyOf(names);
        List<String> texts = columns.texts(known);
        String label = columns.label(known);
        if (texts.isEmpty() || label == null) {
            throw new UserException(file + " has the columns " + String.join(", ", known) + "; labelled text needs "
                    + columns.expected());
        }
        List<LabelledLines.Line> found = new ArrayList<>();
        for (TableRow row : rows) {
            LabelledLines.Line line = line(row, texts, label);
            if (line == null) {
                skipped.add(row.place() + ": no " + String.join(", ", texts) + " or no " + label);
            } else {
                found.add(line);
            }
        }
        return found;
    }

    private static LabelledLines.@Nullable Line line(TableRow row, List<String> texts, String label) {
        String first = row.values().get(texts.get(0));
        String second = texts.size() == 1 ? null : row.values().get(texts.get(1));
        String named = row.values().get(label);
        return first == null || named == null || (texts.size() == 2 && second == null)
                ? null
                : new LabelledLines.Line(named.strip(), first, second, row.place());
    }

    /** Reads a training file; see {@link LabelledLines#read(Path, Consumer)}. */
    public static LabelledData read(Path file, LabelColumns columns, Consumer<String> warnings) {
        SkippedText skipped = new SkippedText(warnings);
        return LabelledLines.data(lines(file, columns, skipped), skipped, file);
    }

    /** Reads another file of a task; a label outside it throws {@link UserException}. */
    public static LabelledData read(Path file, LabelColumns columns, TextTask task, Consumer<String> warnings) {
        SkippedText skipped = new SkippedText(warnings);
        return LabelledLines.data(task, lines(file, columns, skipped), skipped, file);
    }
}
