package org.data2vec4j.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.data2vec4j.Recipe;
import org.data2vec4j.config.YamlWriter;
import org.data2vec4j.core.UserException;
import org.data2vec4j.train.run.PretrainConfig;
import org.jspecify.annotations.Nullable;

/** The folder of a run, held by one process at a time. */
public final class RunDirectory implements AutoCloseable {
    /** The resolved configuration of a run. */
    public static final String CONFIG = "config.yaml";

    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;

    private RunDirectory(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Makes the folder if it is not there and takes hold of it.
     *
     * @throws UserException if it cannot be written to, or another process trains in it
     */
    public static RunDirectory open(Path path) {
        try {
            Files.createDirectories(path);
            FileChannel channel =
                    FileChannel.open(path.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new UserException(
                        "another process is training in " + path + "; wait for it, or choose another run=DIR");
            }
            return new RunDirectory(path, channel, lock);
        } catch (IOException e) {
            throw new UserException(
                    "cannot write to the run directory " + path + " ("
                            + e.getClass().getSimpleName() + "); choose another run=DIR",
                    e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** The configuration that a pre-training run's directory was made with. */
    public static PretrainConfig config(Path run) {
        return config(run, CONFIG, PretrainConfig.class);
    }

    /**
     * A configuration in a run directory.
     *
     * @param name of the file there
     * @param type what it is bound to
     */
    public static <T> T config(Path run, String name, Class<T> type) {
        Path file = run.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new UserException(run + " is not a run directory of this kind: it has no " + name
                    + "; give the directory that d2v pretrain or d2v finetune wrote, as in run=runs/image-tiny");
        }
        return Recipe.load(file.toString(), List.of()).bind(type);
    }

    /** The folder. */
    public Path path() {
        return path;
    }

    /** Saves the resolved configuration. */
    public void save(Record config) {
        write(CONFIG, YamlWriter.write(config));
    }

    /**
     * Saves the resolved configuration, and notes that a part of the run begins.
     *
     * @param command which asked for it
     * @param update updates done before it
     */
    public void begin(Record config, RunCommand command, long update) {
        save(config);
        new Segments(path).begin(config, command, update, Instant.now());
    }

    /** Writes a text file, all or nothing. */
    public void write(String name, String text) {
        Path file = path.resolve(name);
        try {
            Path aside = path.resolve("." + name + ".tmp");
            Files.writeString(aside, text);
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UserException("cannot write " + file + ": " + e.getMessage() + "; choose another run=DIR", e);
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
