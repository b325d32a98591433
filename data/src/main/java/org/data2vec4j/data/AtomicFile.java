package org.data2vec4j.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.data2vec4j.core.UserException;

/** Files that appear whole or not at all: written aside, forced to the disk, renamed. */
public final class AtomicFile {
    /** What writes the file's content. */
    public interface Content {
        /** Writes all of it, from position 0. */
        void write(FileChannel channel) throws IOException;
    }

    private AtomicFile() {}

    /**
     * Writes a file, replacing one that is there; missing folders are made. A failure leaves what was there before and throws
     * {@link UserException} naming the file.
     */
    public static void write(Path file, Content content) {
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        if (folder == null || Files.isDirectory(target)) {
            throw new UserException("cannot write " + file + ": it is a folder; give the name of a file");
        }
        Path aside = folder.resolve(
                "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            Files.createDirectories(folder);
            try (FileChannel channel = FileChannel.open(
                    aside,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE)) {
                content.write(channel);
                channel.force(true);
            }
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forceFolder(target);
        } catch (IOException e) {
            throw new UserException("cannot write " + file + ": " + e, e);
        } finally {
            remove(aside);
        }
    }

    /** Forces to the disk that a file has its name, where the system can. */
    public static void forceFolder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Folders cannot be opened on every system; the rename is atomic all the same.
        }
    }

    private static void remove(Path aside) {
        try {
            Files.deleteIfExists(aside);
        } catch (IOException e) {
            throw new UserException("the temporary file " + aside + " cannot be deleted: " + e, e);
        }
    }
}
