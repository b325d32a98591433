package org.data2vec4j.text.data;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.text.Delimited;
import org.jspecify.annotations.Nullable;

/** The texts of a column of a table with a header, each a document. Rows without one are left out and named. */
final class TableTextReader implements TextReader {
    private final Delimited cells;
    private final SkippedText skipped;
    private final int column;
    private final String name;

    TableTextReader(Path file, String field, SkippedText skipped) {
        this.cells = Delimited.open(file);
        this.skipped = skipped;
        List<String> header = cells.next();
        List<String> names =
                header == null ? List.of() : header.stream().map(String::strip).toList();
        this.name = column(file, names, field);
        this.column = names.indexOf(name);
    }

    /** The column of this name or, where there is none, the one with a usual name. */
    private static String column(Path file, List<String> names, String field) {
        if (names.contains(field)) {
            return field;
        }
        List<String> usual = LabelColumns.USUAL.texts(names);
        if (usual.size() == 1) {
            return usual.get(0);
        }
        throw new UserException(file + " has the columns " + String.join(", ", names) + ", none of which is '" + field
                + "'; choose one with " + file.getFileName() + "#COLUMN or text.field=COLUMN");
    }

    /** Whether a file has a column of texts. */
    static boolean hasText(List<String> header, String field) {
        return header.contains(field) || LabelColumns.USUAL.texts(header).size() == 1;
    }

    @Override
    public @Nullable TextPiece next() {
        for (List<String> row = cells.next(); row != null; row = cells.next()) {
            if (column < row.size() && !row.get(column).isBlank()) {
                return new TextPiece(row.get(column).getBytes(StandardCharsets.UTF_8), true);
            }
            skipped.add(cells.place() + ": there is no text in the column '" + name + "'");
        }
        return null;
    }

    @Override
    public String place() {
        return "line " + cells.line();
    }

    @Override
    public void close() {
        cells.close();
    }
}
