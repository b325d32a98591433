package org.data2vec4j.text.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.data2vec4j.core.FileFailure;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.parquet.ParquetColumn;
import org.data2vec4j.data.parquet.ParquetFile;
import org.jspecify.annotations.Nullable;

/** The texts of a column of a Parquet file, each a document. Rows without one are left out and named. */
final class ParquetTextReader implements TextReader {
    private final ParquetFile file;
    private final ParquetColumn column;
    private final String name;
    private final SkippedText skipped;
    private int row;

    ParquetTextReader(Path path, String field, SkippedText skipped) {
        this.file = ParquetFile.open(path);
        this.skipped = skipped;
        List<String> texts = file.columns().stream().filter(file::isText).toList();
        List<String> usual = LabelColumns.USUAL.texts(texts);
        this.name = texts.contains(field) ? field : usual.size() == 1 ? usual.get(0) : "";
        ParquetColumn found = name.isEmpty() ? null : file.column(name);
        if (found == null) {
            file.close();
            throw new UserException(path + " has the columns " + String.join(", ", file.columns())
                    + ", and none of text is called '" + field + "'; choose one with " + path.getFileName()
                    + "#COLUMN or text.field=COLUMN");
        }
        this.column = found;
    }

    @Override
    public @Nullable TextPiece next() {
        while (row < file.rows()) {
            String text;
            try {
                text = column.text(row++);
            } catch (IOException e) {
                throw new UserException(
                        "row " + (row - 1) + " of " + file.path() + " cannot be read: " + FileFailure.reason(e), e);
            }
            if (text != null && !text.isBlank()) {
                return new TextPiece(text.getBytes(StandardCharsets.UTF_8), true);
            }
            skipped.add(file.path() + ": row " + (row - 1) + " has no text in the column '" + name + "'");
        }
        return null;
    }

    @Override
    public String place() {
        return "row " + (row - 1);
    }

    @Override
    public void close() {
        file.close();
    }
}
