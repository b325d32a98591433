package org.data2vec4j.data.tar;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.data2vec4j.core.UserException;

/** Finds the tar shards that a word stands for: a file, a folder's, or those of a folder that match a prefix or glob. */
public final class ShardSelection {
    private static final List<String> EXTENSIONS = List.of(".tar", ".tar.gz", ".tgz");

    private ShardSelection() {}

    /** Whether a file has the name of a shard, and not of a hidden file. */
    public static boolean isShard(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return !name.startsWith(".") && EXTENSIONS.stream().anyMatch(name::endsWith);
    }

    /** Whether the name says that the archive is compressed. */
    public static boolean isCompressed(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith("gz");
    }

    /** The shards in the order of their names; empty when the word stands for none. */
    public static List<Path> select(String spec) {
        int slash = Math.max(spec.lastIndexOf('/'), spec.lastIndexOf(File.separatorChar));
        String folder = slash < 0 ? "." : slash == 0 ? spec.substring(0, 1) : spec.substring(0, slash);
        String last = spec.substring(slash + 1);
        try {
            if (last.chars().noneMatch(c -> "*?[{".indexOf(c) >= 0)) {
                Path path = Path.of(spec);
                if (Files.isDirectory(path)) {
                    return shardsOf(path, name -> true);
                }
                if (Files.exists(path)) {
                    return isShard(path) ? List.of(path) : List.of();
                }
                return last.isEmpty() ? List.of() : shardsOf(Path.of(folder), name -> name.startsWith(last));
            }
            var glob = FileSystems.getDefault().getPathMatcher("glob:" + last);
            return shardsOf(Path.of(folder), name -> glob.matches(Path.of(name)));
        } catch (InvalidPathException | PatternSyntaxException e) {
            return List.of(); // reported as what it is: no such path
        }
    }

    private static List<Path> shardsOf(Path folder, Predicate<String> wanted) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(ShardSelection::isShard)
                    .filter(file -> wanted.test(String.valueOf(file.getFileName())))
                    .filter(Files::isRegularFile)
                    .sorted((a, b) -> a.toString().compareTo(b.toString()))
                    .toList();
        } catch (IOException e) {
            throw new UserException("the folder " + folder + " cannot be listed: " + e, e);
        }
    }
}
