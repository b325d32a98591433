package org.data2vec4j.data.parquet;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.data2vec4j.core.FileFailure;
import org.data2vec4j.core.UserException;
import org.jspecify.annotations.Nullable;

/**
 * The Parquet files that a word stands for: a file, those of a folder or of {@code data} in it, or those that match a glob. Behind
 * {@code #} it may name the column of the samples and, after a colon, that of the labels: {@code train-*.parquet#image:fine_label}.
 *
 * @param files in the order of their names, at least one
 * @param column the column of the samples; empty for the usual one
 * @param label the column of the labels; empty for the usual one
 */
public record ParquetSelection(List<Path> files, String column, String label) {
    private static final String EXTENSION = ".parquet";

    /**
     * The files of a word; null if it stands for no Parquet file.
     *
     * @param sample whether a file of this name is a sample by itself: a folder that holds one is not taken for Parquet files
     */
    public static @Nullable ParquetSelection of(String spec, Predicate<String> sample) {
        int hash = spec.lastIndexOf('#');
        String place = hash > 0 ? spec.substring(0, hash) : spec;
        String[] columns = hash > 0 ? spec.substring(hash + 1).split(":", 2) : new String[] {""};
        try {
            List<Path> files = files(place, sample);
            return files.isEmpty()
                    ? null
                    : new ParquetSelection(files, columns[0], columns.length > 1 ? columns[1] : "");
        } catch (InvalidPathException | PatternSyntaxException e) {
            return null; // reported as what it is: no such path
        }
    }

    /** Whether a file has the name of a Parquet file, and not of a hidden one. */
    public static boolean isParquet(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith(EXTENSION) && !name.startsWith(".");
    }

    private static List<Path> files(String place, Predicate<String> sample) {
        int slash = Math.max(place.lastIndexOf('/'), place.lastIndexOf(File.separatorChar));
        String last = place.substring(slash + 1);
        if (last.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0)) {
            var glob = FileSystems.getDefault().getPathMatcher("glob:" + last);
            Path folder = Path.of(slash < 0 ? "." : slash == 0 ? "/" : place.substring(0, slash));
            return list(folder).stream()
                    .filter(file -> glob.matches(file.getFileName()))
                    .toList();
        }
        Path path = Path.of(place);
        if (Files.isRegularFile(path)) {
            return isParquet(path) ? List.of(path) : List.of();
        }
        List<Path> direct = list(path);
        List<Path> found = direct.isEmpty() ? list(path.resolve("data")) : direct;
        return found.isEmpty() || holds(path, sample) ? List.of() : found;
    }

    private static boolean holds(Path folder, Predicate<String> sample) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.anyMatch(file -> sample.test(String.valueOf(file.getFileName())));
        } catch (IOException | UncheckedIOException e) {
            return true; // the folder's reader says what is wrong
        }
    }

    private static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(ParquetSelection::isParquet)
                    .filter(Files::isRegularFile)
                    .sorted((a, b) -> a.toString().compareTo(b.toString()))
                    .toList();
        } catch (IOException e) {
            throw new UserException("the folder " + folder + " cannot be listed: " + FileFailure.reason(e), e);
        }
    }

    /** The files, open. */
    public List<ParquetFile> open() {
        List<ParquetFile> opened = new ArrayList<>();
        boolean complete = false;
        try {
            files.forEach(file -> opened.add(ParquetFile.open(file)));
            complete = true;
            return opened;
        } finally {
            if (!complete) {
                opened.forEach(ParquetFile::close);
            }
        }
    }

    /**
     * The column of the bytes of samples: the one that was named, or the only one that {@code datasets} calls so or that has one of
     * the usual names; {@code .bytes} is added where it is a structure.
     *
     * @param feature what {@code datasets} calls the type: {@code Image}, {@code Audio}
     */
    public String bytes(ParquetFile file, String feature, List<String> usual) {
        List<String> columns = file.columns();
        List<String> candidates = new ArrayList<>();
        for (String name : columns) {
            String top = name.endsWith(".bytes") ? name.substring(0, name.length() - ".bytes".length()) : name;
            boolean wanted = column.isEmpty()
                    ? file.feature(top).equals(feature) || usual.contains(top)
                    : name.equals(column) || top.equals(column);
            if (wanted && file.isText(name)) {
                candidates.add(name);
            }
        }
        if (candidates.size() == 1) {
            return candidates.get(0);
        }
        throw new UserException(file.path() + " has the columns " + String.join(", ", columns)
                + (candidates.isEmpty() ? ", and none is known to hold samples" : ", and several hold samples")
                + "; choose one with " + file.path().getFileName() + "#COLUMN");
    }

    /** The column of labels: the one that was named, or the first with a usual name; null if there is none. */
    public @Nullable String labels(ParquetFile file, List<String> usual) {
        if (!label.isEmpty()) {
            if (file.columns().contains(label)) {
                return label;
            }
            throw new UserException(
                    file.path() + " has no column '" + label + "'; its columns: " + String.join(", ", file.columns()));
        }
        for (String name : file.columns()) {
            if (file.feature(name).equals("ClassLabel")) {
                return name;
            }
        }
        return usual.stream().filter(file.columns()::contains).findFirst().orElse(null);
    }

    /** A label in words: the name of the class whose number it is, where the file names classes; null if it is unknown. */
    public static @Nullable String label(@Nullable String value, List<String> names) {
        if (value == null || value.equals("-1")) {
            return null;
        }
        try {
            int number = names.isEmpty() ? -1 : Integer.parseInt(value);
            return number >= 0 && number < names.size() ? names.get(number) : value;
        } catch (NumberFormatException e) {
            return value; // a name itself
        }
    }
}
