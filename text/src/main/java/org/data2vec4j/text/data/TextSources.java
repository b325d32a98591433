package org.data2vec4j.text.data;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.data2vec4j.core.FileFailure;
import org.data2vec4j.core.UserException;
import org.jspecify.annotations.Nullable;

/** Opens text from the one word a user gives for it. */
public final class TextSources {
    /** Documents in {@code synthetic} when no number is given. */
    public static final int SYNTHETIC_SIZE = 10_000;

    private static final String SYNTHETIC = "synthetic";
    private static final int MOST_SYNTHETIC = 100_000_000;

    private TextSources() {}

    /**
     * The source that {@code spec} names: {@code synthetic} or {@code synthetic:N}; a file: plain text, JSON lines, a .csv or .tsv
     * table, a Parquet file, a .tar archive; or a folder with such files in it or below. A {@code #} and a name behind a file choose the field or
     * column. Throws {@link UserException} when there is no such thing.
     */
    public static TextSource open(String spec, TextOptions options) {
        if (isSynthetic(spec)) {
            return new SyntheticText(syntheticSize(spec), options.syntheticSeed());
        }
        int hash = spec.lastIndexOf('#');
        boolean column = hash > 0 && !exists(spec) && exists(spec.substring(0, hash));
        return column
                ? TextFiles.open(existing(spec.substring(0, hash)), options.withField(spec.substring(hash + 1)))
                : TextFiles.open(existing(spec), options);
    }

    private static boolean exists(String spec) {
        try {
            return Files.exists(Path.of(spec));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** All pieces of a source as bytes, for {@link org.data2vec4j.text.tokenizer.BpeTrainer}; close the reader afterwards. */
    public static Iterator<byte[]> pieces(TextReader reader) {
        return new Iterator<>() {
            private @Nullable TextPiece next = reader.next();

            @Override
            public boolean hasNext() {
                return next != null;
            }

            @Override
            public byte[] next() {
                TextPiece piece = next;
                if (piece == null) {
                    throw new NoSuchElementException();
                }
                next = reader.next();
                return piece.utf8();
            }
        };
    }

    static boolean isSynthetic(String spec) {
        return spec.equals(SYNTHETIC) || spec.startsWith(SYNTHETIC + ":");
    }

    /** The number of documents that {@code synthetic} or {@code synthetic:N} asks for. */
    public static int syntheticSize(String spec) {
        if (spec.equals(SYNTHETIC)) {
            return SYNTHETIC_SIZE;
        }
        String digits = spec.substring(SYNTHETIC.length() + 1);
        try {
            int size = Integer.parseInt(digits);
            if (size >= 1 && size <= MOST_SYNTHETIC) {
                return size;
            }
        } catch (NumberFormatException e) {
            throw new UserException(
                    "data '" + spec + "' needs a whole number after the colon, as in synthetic:2000", e);
        }
        throw new UserException(
                "data '" + spec + "' asks for " + digits + " documents; allowed: 1 to " + MOST_SYNTHETIC);
    }

    static Path existing(String spec) {
        try {
            Path path = Path.of(spec);
            if (!spec.isEmpty() && Files.exists(path)) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw FileFailure.noPath(spec, e);
        }
        throw new UserException("data '" + spec + "' does not exist" + FileFailure.localeAdvice()
                + "; give a text file, a folder of .txt or .jsonl files, or 'synthetic'");
    }
}
