package org.data2vec4j.text.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.data2vec4j.core.FileFailure;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.Fingerprint;
import org.data2vec4j.data.PassedOver;
import org.data2vec4j.data.text.TableReader;
import org.jspecify.annotations.Nullable;

/**
 * Text files, one after the other, ordered by relative path. Hidden files and folders are passed over, and so are files of a folder
 * that hold no text, which are counted.
 */
final class TextFiles implements TextSource {
    private record Found(Path path, String relative, long bytes) {}

    private final Path root;
    private final List<Found> files;
    private final TextOptions options;
    private final List<String> notes;

    private TextFiles(Path root, List<Found> files, TextOptions options, List<String> notes) {
        this.root = root;
        this.files = files;
        this.options = options;
        this.notes = notes;
    }

    static TextFiles open(Path root, TextOptions options) {
        try {
            if (!Files.isDirectory(root)) {
                String name = String.valueOf(root.getFileName());
                return new TextFiles(root, List.of(new Found(root, name, Files.size(root))), options, List.of());
            }
            PassedOver others = new PassedOver();
            List<Found> files = scan(root, options, others);
            if (files.isEmpty()) {
                throw new UserException(
                        "the folder " + root + " has no text: found " + others.count()
                                + " other files; allowed are the extensions .txt, .jsonl, .json, .csv, .tsv, .parquet and .tar");
            }
            return new TextFiles(root, files, options, others.notes(root));
        } catch (UncheckedIOException e) {
            IOException cause = e.getCause();
            throw unreadable(root, cause == null ? new IOException(e) : cause);
        } catch (IOException e) {
            throw unreadable(root, e);
        }
    }

    private static UserException unreadable(Path root, IOException e) {
        return new UserException(root + " cannot be read: " + FileFailure.reason(e), e);
    }

    private static boolean holdsText(Path path, TextOptions options) {
        TextKind kind = TextKind.inFolder(path);
        boolean json = String.valueOf(path.getFileName()).endsWith(".json"); // settings more often than data
        return kind == TextKind.TABLE
                ? TableTextReader.hasText(TableReader.header(path), options.field())
                : kind != null && !json;
    }

    private static List<Found> scan(Path root, TextOptions options, PassedOver others) throws IOException {
        List<Found> files = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Path relative = root.relativize(path);
                FileFailure.checkName(path);
                boolean file = !hidden(relative) && Files.isRegularFile(path);
                if (file && !holdsText(path, options)) {
                    others.add(String.valueOf(path.getFileName()));
                } else if (file) {
                    String key =
                            relative.toString().replace(path.getFileSystem().getSeparator(), "/");
                    files.add(new Found(path, key, Files.size(path)));
                }
            }
        }
        files.sort(Comparator.comparing(Found::relative));
        return files;
    }

    private static boolean hidden(Path relative) {
        return StreamSupport.stream(relative.spliterator(), false)
                .anyMatch(part -> part.toString().startsWith("."));
    }

    @Override
    public TextReader read(SkippedText skipped) {
        return new TextReader() {
            private int file;
            private String name = "";
            private @Nullable TextReader current;

            @Override
            public @Nullable TextPiece next() {
                while (true) {
                    if (current == null) {
                        if (file == files.size()) {
                            return null;
                        }
                        if (file == 0) {
                            notes.forEach(skipped::note);
                        }
                        name = files.size() == 1 ? "" : files.get(file).relative;
                        current = reader(files.get(file++).path, skipped);
                    }
                    TextPiece piece = current.next();
                    if (piece != null) {
                        return piece;
                    }
                    close();
                }
            }

            @Override
            public String place() {
                String within = current == null ? "" : current.place();
                return name.isEmpty() ? within : within.isEmpty() ? name : name + ", " + within;
            }

            @Override
            public void close() {
                if (current != null) {
                    current.close();
                    current = null;
                }
            }
        };
    }

    private TextReader reader(Path path, SkippedText skipped) {
        return switch (TextKind.of(path)) {
            case PLAIN -> new PlainTextReader(path, options.unit(), skipped);
            case JSON_LINES -> new JsonLinesReader(path, options.field(), skipped);
            case TABLE -> new TableTextReader(path, options.field(), skipped);
            case PARQUET -> new ParquetTextReader(path, options.field(), skipped);
            case ARCHIVE -> new TarTextReader(path, options.field(), skipped);
        };
    }

    @Override
    public String fingerprint() {
        Fingerprint print =
                new Fingerprint().add("text").add(options.unit().name()).add(options.field());
        files.forEach(file -> print.add(file.relative).add(file.bytes));
        return print.hex();
    }

    @Override
    public String name() {
        return root.toString();
    }
}
