package org.data2vec4j.text.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.Fingerprint;
import org.jspecify.annotations.Nullable;

/** Text files, one after the other, ordered by relative path. Hidden files and folders are passed over. */
final class TextFiles implements TextSource {
    private record Found(Path path, String relative, long bytes) {}

    private final Path root;
    private final List<Found> files;
    private final TextOptions options;

    private TextFiles(Path root, List<Found> files, TextOptions options) {
        this.root = root;
        this.files = files;
        this.options = options;
    }

    static TextFiles open(Path root, TextOptions options) {
        try {
            if (!Files.isDirectory(root)) {
                String name = String.valueOf(root.getFileName());
                return new TextFiles(root, List.of(new Found(root, name, Files.size(root))), options);
            }
            List<Found> files = scan(root);
            if (files.isEmpty()) {
                throw new UserException(
                        "the folder " + root + " has no text; allowed are the extensions .txt and .jsonl");
            }
            return new TextFiles(root, files, options);
        } catch (IOException | UncheckedIOException e) {
            throw new UserException("the folder " + root + " cannot be read: " + e, e);
        }
    }

    private static List<Found> scan(Path root) throws IOException {
        List<Found> files = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Path relative = root.relativize(path);
                String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
                boolean text = name.endsWith(".txt") || name.endsWith(".jsonl");
                if (text && !hidden(relative) && Files.isRegularFile(path)) {
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
            private @Nullable TextReader current;

            @Override
            public @Nullable TextPiece next() {
                while (true) {
                    if (current == null) {
                        if (file == files.size()) {
                            return null;
                        }
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
            public void close() {
                if (current != null) {
                    current.close();
                    current = null;
                }
            }
        };
    }

    private TextReader reader(Path path, SkippedText skipped) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".jsonl")
                ? new JsonLinesReader(path, options.field(), skipped)
                : new PlainTextReader(path, options.unit(), skipped);
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
