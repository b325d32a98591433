package org.data2vec4j.embed;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.data2vec4j.data.AtomicFile;

/**
 * A file that is written beside its place, and has its name when all of it is there.
 *
 * @param target its place
 * @param path where it is written
 */
record StagedFile(Path target, Path path) {
    static StagedFile of(Path target) {
        return new StagedFile(target, target.resolveSibling("." + target.getFileName() + ".tmp"));
    }

    /** Closes what wrote it, forces it to the disk, and gives it its name. */
    void finish(Closeable writer) {
        try {
            writer.close();
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(path, target, StandardCopyOption.REPLACE_EXISTING);
            AtomicFile.forceFolder(target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes what wrote it, and removes what has no name yet; the failure that led here, if any, is the one to report. */
    void discard(Closeable writer) {
        try {
            writer.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            path.toFile().deleteOnExit();
        }
    }
}
