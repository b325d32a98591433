package org.data2vec4j.index;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.data2vec4j.core.UserException;
import org.jspecify.annotations.Nullable;

/** The right to change the files of an index, which one process has at a time. Readers need none. */
final class IndexFolder implements AutoCloseable {
    private final FileChannel channel;
    private final FileLock lock;

    private IndexFolder(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Makes the folder if it is not there and takes hold of it.
     *
     * @throws UserException if it cannot be written to, or another process changes it
     */
    static IndexFolder hold(Path index) {
        try {
            Files.createDirectories(index);
            FileChannel channel =
                    FileChannel.open(index.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new UserException(
                        "another process is changing " + index + "; wait for it, or choose another output=DIR");
            }
            return new IndexFolder(channel, lock);
        } catch (IOException e) {
            throw new UserException("cannot write to " + index + ": " + e + "; choose another output=DIR", e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            // The operating system lets go of the lock when the process ends.
        }
    }
}
