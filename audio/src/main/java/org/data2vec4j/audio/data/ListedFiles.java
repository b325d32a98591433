package org.data2vec4j.audio.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.data2vec4j.core.UserException;
import org.jspecify.annotations.Nullable;

/** Finds listed files and counts those that are missing. */
final class ListedFiles {
    private final Path list;
    private int missing;
    private @Nullable String first;

    ListedFiles(Path list) {
        this.list = list;
    }

    /** Null if there is no such file. */
    @Nullable
    AudioEntry find(Path root, String path, int line) {
        AudioEntry found = first(List.of(root), path);
        if (found == null) {
            miss(path, "line " + line);
        }
        return found;
    }

    /** The file in the first of some folders that has it; null if none has. */
    @Nullable
    AudioEntry first(List<Path> roots, String path) {
        try {
            for (Path root : roots) {
                Path file = root.resolve(path);
                if (Files.isRegularFile(file)) {
                    return new AudioEntry(file.toString(), path, new AudioBytes.InFile(file), Files.size(file));
                }
            }
        } catch (IOException | InvalidPathException e) {
            return null; // counted as missing
        }
        return null;
    }

    /** Counts a file that does not exist. */
    void miss(String path, String place) {
        missing++;
        first = first == null ? path + " in " + place : first;
    }

    /** A line if some are missing; throws {@link UserException} if all are. */
    List<String> notes(int found) {
        if (found == 0) {
            throw new UserException(list
                    + (missing == 0
                            ? " lists no recordings"
                            : ": none of the " + missing + " recordings it lists exists; the first is " + first));
        }
        return missing == 0
                ? List.of()
                : List.of(missing + " of " + (missing + found) + " recordings that " + list
                        + " lists do not exist and are passed over; the first is " + first);
    }
}
