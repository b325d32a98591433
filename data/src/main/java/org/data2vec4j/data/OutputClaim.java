package org.data2vec4j.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.data2vec4j.core.UserException;
import org.jspecify.annotations.Nullable;

/**
 * The right to write an output, held by one process at a time. Beside the output, a small hidden file says what the output was made
 * from, so that an output of something else is not overwritten unless that is asked for.
 */
public final class OutputClaim implements AutoCloseable {
    /** What becomes of an output that is there and was made from something else. */
    public enum Existing {
        /** It stays, and the claim fails. */
        KEEP,
        /** It is overwritten. */
        REPLACE
    }

    private final Path output;
    private final Path note;
    private final String origin;
    private final FileChannel channel;
    private final FileLock lock;
    private String before = "";

    private OutputClaim(Path output, Path note, String origin, FileChannel channel, FileLock lock) {
        this.output = output;
        this.note = note;
        this.origin = origin;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Claims an output.
     *
     * @param output a file, or a folder
     * @param origin what it is to be made from, in one line
     * @throws UserException if another process is writing it, or it is there and was made from something else
     * @throws UncheckedIOException if its folder cannot be written to
     */
    public static OutputClaim of(Path output, String origin, Existing existing) {
        Path note = output.resolveSibling("." + output.getFileName() + ".origin");
        String line = origin.replaceAll("\\p{Cntrl}", " ");
        try {
            OutputClaim claim = locked(output, note, line);
            if (claim == null) { // its holder ended between opening and locking and took the file away
                claim = locked(output, note, line);
            }
            if (claim == null) {
                throw beingWritten(output);
            }
            claim.check(existing);
            return claim;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable OutputClaim locked(Path output, Path note, String origin) throws IOException {
        FileChannel channel =
                FileChannel.open(note, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // held by another thread of this process
        }
        if (lock == null) {
            channel.close();
            throw beingWritten(output);
        }
        if (!Files.exists(note)) {
            channel.close();
            return null;
        }
        return new OutputClaim(output, note, origin, channel, lock);
    }

    private static UserException beingWritten(Path output) {
        return new UserException("another process is writing " + output + "; wait for it, or choose another output");
    }

    /** Notes the origin beside the one before, since a process that is killed from here on leaves either output. */
    private void check(Existing existing) throws IOException {
        boolean kept = false;
        try {
            List<String> known = known();
            before = known.stream().map(line -> line + "\n").collect(Collectors.joining());
            if (existing == Existing.KEEP && isThere() && !known.contains(origin)) {
                throw new UserException(output + " is there already and was not made from " + origin
                        + "; choose another output, or give --force to replace it");
            }
            if (!known.contains(origin)) {
                write(before + origin + "\n");
            }
            kept = true;
        } finally {
            if (!kept) {
                close();
            }
        }
    }

    /** An empty folder is as good as none. */
    private boolean isThere() throws IOException {
        if (!Files.isDirectory(output)) {
            return Files.exists(output);
        }
        try (Stream<Path> files = Files.list(output)) {
            return files.findAny().isPresent();
        }
    }

    private List<String> known() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(channel.size(), 1 << 16));
        int position = 0;
        while (bytes.hasRemaining()) {
            int read = channel.read(bytes, position);
            if (read < 0) {
                break;
            }
            position += read;
        }
        return new String(bytes.array(), 0, position, StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private void write(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        int position = 0;
        while (bytes.hasRemaining()) {
            position += channel.write(bytes, position);
        }
        channel.truncate(position);
    }

    /** The output is whole: it was made from this claim's origin and nothing else. */
    public void complete() {
        try {
            before = origin + "\n";
            write(before);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets others claim the output. Without {@link #complete}, the note is what it was; of an output that does not exist none is left. */
    @Override
    public void close() {
        try {
            if (!Files.exists(output)) {
                Files.deleteIfExists(note);
            } else {
                write(before);
            }
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
