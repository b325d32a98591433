package org.data2vec4j.text.data;

import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.data2vec4j.data.text.TableReader;
import org.jspecify.annotations.Nullable;

/** What a file of text is, by its name; the same for training, embedding and tokenizers. */
enum TextKind {
    /** Documents are the file, or its lines. */
    PLAIN,
    /** An object on each line. */
    JSON_LINES,
    /** Comma- or tab-separated values with a header. */
    TABLE,
    /** A Parquet file. */
    PARQUET,
    /** A tar archive whose entries are documents. */
    ARCHIVE;

    /** The kind of a file that was named by a user: whatever has no other name is plain text. */
    static TextKind of(Path file) {
        TextKind kind = inFolder(file);
        return kind == null ? PLAIN : kind;
    }

    /** The kind of a file of a folder; null for files that are not taken for text. */
    static @Nullable TextKind inFolder(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (ends(name, ".txt", ".text", ".txt.gz")) {
            return PLAIN;
        }
        if (TableReader.isJson(name)) {
            return JSON_LINES;
        }
        if (ends(name, ".csv", ".tsv")) {
            return TABLE;
        }
        if (ends(name, ".parquet")) {
            return PARQUET;
        }
        return ends(name, ".tar", ".tar.gz", ".tgz") ? ARCHIVE : null;
    }

    private static boolean ends(String name, String... extensions) {
        return Stream.of(extensions).anyMatch(name::endsWith);
    }
}
