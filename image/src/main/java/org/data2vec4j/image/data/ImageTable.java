package org.data2vec4j.image.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.text.TableReader;
import org.data2vec4j.data.text.TableRow;
import org.jspecify.annotations.Nullable;

/**
 * Pictures that a table lists: a column names their files, from the table's folder, and another may name their classes, as in the
 * {@code metadata.csv} and {@code .jsonl} of Hugging Face's image folders.
 */
final class ImageTable {
    private static final List<String> FILE =
            List.of("file_name", "image", "image_path", "path", "filename", "file", "image.path");
    private static final List<String> LABEL = List.of("label", "class", "category", "class_name");

    private ImageTable() {}

    /** What a table says of pictures, by their path from its folder. */
    static Map<String, TableRow> rows(Path table) {
        Map<String, TableRow> rows = new LinkedHashMap<>();
        for (TableRow row : TableReader.rows(table)) {
            String path = row.first(FILE);
            if (path != null) {
                rows.put(path.replace('\\', '/').replaceFirst("^\\./", ""), row);
            }
        }
        return rows;
    }

    /** The class that a row names; null if it names none. */
    static @Nullable String label(@Nullable TableRow row) {
        return row == null ? null : row.first(LABEL);
    }

    /** The pictures of a table. */
    static ImageFolder open(Path table, ImageReading reading) {
        Path absolute = table.toAbsolutePath();
        Path parent = absolute.getParent();
        Path root = parent == null ? absolute : parent;
        List<FolderScan.Found> files = new ArrayList<>();
        List<@Nullable String> labels = new ArrayList<>();
        int missing = 0;
        String first = "";
        for (Map.Entry<String, TableRow> entry : rows(table).entrySet()) {
            long bytes = size(root, entry.getKey());
            if (bytes >= 0) {
                files.add(new FolderScan.Found(entry.getKey(), bytes));
                labels.add(label(entry.getValue()));
            } else {
                first = missing == 0 ? entry.getKey() : first;
                missing++;
            }
        }
        if (files.isEmpty()) {
            throw new UserException(table
                    + (missing == 0
                            ? " names no pictures; expected one of the columns " + String.join(", ", FILE)
                            : ": none of the " + missing + " pictures it lists exists; the first is " + first));
        }
        List<String> notes = missing == 0
                ? List.of()
                : List.of(missing + " of " + (missing + files.size()) + " pictures that " + table
                        + " lists do not exist and are passed over; the first is " + first);
        return new ImageFolder(root, reading, files, ImageLabelTexts.of(labels), notes);
    }

    private static long size(Path root, String path) {
        try {
            Path file = root.resolve(path);
            return Files.isRegularFile(file) ? Files.size(file) : -1;
        } catch (IOException | InvalidPathException e) {
            return -1;
        }
    }
}
