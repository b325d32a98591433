package org.data2vec4j.evaluation.file;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.data2vec4j.core.UserException;

/** A UTF-8 text file that is complete whenever it exists: it is written beside its place and then renamed. */
public final class AtomicText {
    private AtomicText() {}

    /** What a file says. */
    @FunctionalInterface
    public interface Content {
        /** Writes all of it. */
        void write(Writer out) throws IOException;
    }

    /**
     * Writes a file, making its folders; an older file of the name stands until the new one is complete.
     *
     * @throws UserException if the disk refuses; nothing half-written is left
     */
    public static void write(Path file, Content content) {
        Path target = file.toAbsolutePath();
        Path aside = target.resolveSibling("." + target.getFileName() + ".tmp");
        try {
            Path folder = target.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            try (BufferedWriter out = Files.newBufferedWriter(aside)) {
                content.write(out);
            }
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UserException("cannot write " + file + ": " + e + "; free some space or choose another place", e);
        } finally {
            remove(aside);
        }
    }

    private static void remove(Path aside) {
        try {
            Files.deleteIfExists(aside);
        } catch (IOException e) {
            aside.toFile().deleteOnExit(); // the write's own failure, if any, is the one to report
        }
    }
}
