package org.data2vec4j.tensor.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.data2vec4j.core.UserException;
import org.jspecify.annotations.Nullable;

/**
 * Writes a safetensors file of which nothing appears under its name until all of it is on disk: the bytes go to
 * {@code <name>.tmp} beside it, and {@link #close} flushes that to the device and renames it. If a tensor is incomplete or
 * anything failed, the temporary file is deleted, an older file of the name stays, and {@code close} throws.
 *
 * <p>The header comes first, so the tensors' shapes are declared up front and their bytes then written in that order, in pieces
 * of any size. Data begin at a multiple of 8 bytes; declare wide types first if every tensor shall be aligned.
 */
public final class SafeTensorsWriter implements AutoCloseable {
    private final Path path;
    private final Path temporary;
    private final List<TensorSpec> tensors;
    private final FileChannel channel;
    private int current;
    private long written; // bytes of the current tensor
    private boolean failed;
    private boolean closed;

    /**
     * Begins a file: creates the temporary one and writes the header.
     *
     * @param path the file's final name; replaced if there
     * @param metadata free-form text values
     * @param tensors what will be written, in this order
     * @throws UserException if the file cannot be created
     * @throws IllegalArgumentException if two tensors have one name or the header is longer than the format allows
     */
    public SafeTensorsWriter(Path path, Map<String, String> metadata, List<TensorSpec> tensors) {
        this.path = path;
        this.temporary = path.resolveSibling(path.getFileName() + ".tmp");
        this.tensors = List.copyOf(tensors);
        byte[] header = header(metadata, this.tensors);
        try {
            channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            throw new UserException(path + ": cannot be created: " + e, e);
        }
        ByteBuffer start = ByteBuffer.allocate(8 + header.length).order(ByteOrder.LITTLE_ENDIAN);
        try {
            put(start.putLong(header.length).put(header).flip());
        } catch (UserException e) {
            discard(e);
            throw e;
        }
        skipComplete();
    }

    private static byte[] header(Map<String, String> metadata, List<TensorSpec> tensors) {
        Set<String> names = new HashSet<>();
        for (TensorSpec tensor : tensors) {
            if (!names.add(tensor.name())) {
                throw new IllegalArgumentException("two tensors named " + tensor.name());
            }
        }
        byte[] header = Header.bytes(metadata, tensors);
        if (header.length > Header.LONGEST) {
            throw new IllegalArgumentException("a header of " + header.length + " bytes; allowed: " + Header.LONGEST);
        }
        return header;
    }

    /**
     * Writes the next bytes of a tensor, from the piece's position to its limit, and consumes them. An empty piece does nothing;
     * empty tensors need none.
     *
     * @param name the tensor whose turn it is: the first declared one that is not complete
     * @param piece little-endian elements, or a part of them
     * @throws IllegalStateException if it is another tensor's turn, or the piece is longer than what the tensor lacks
     * @throws UserException if the bytes cannot be written, for instance because the disk is full
     */
    public void write(String name, ByteBuffer piece) {
        if (!piece.hasRemaining()) {
            return;
        }
        if (current == tensors.size() || !tensors.get(current).name().equals(name)) {
            failed = true;
            String expected =
                    current == tensors.size() ? "nothing" : tensors.get(current).name();
            throw new IllegalStateException("wrote " + name + " where " + expected + " was next");
        }
        long lacking = tensors.get(current).bytes() - written;
        if (piece.remaining() > lacking) {
            failed = true;
            throw new IllegalStateException(
                    tensors.get(current) + " lacks " + lacking + " bytes; got " + piece.remaining());
        }
        written += piece.remaining();
        put(piece);
        skipComplete();
    }

    private void put(ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            failed = true;
            throw new UserException(path + ": cannot be written: " + e.getMessage(), e);
        }
    }

    private void skipComplete() {
        while (current < tensors.size() && written == tensors.get(current).bytes()) {
            current++;
            written = 0;
        }
    }

    /**
     * Finishes the file and gives it its name; a second call does nothing.
     *
     * @throws IllegalStateException if a tensor is incomplete
     * @throws UserException if the file cannot be flushed or renamed
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        RuntimeException problem = problem();
        if (problem != null) {
            discard(problem);
            throw problem;
        }
        try {
            channel.force(true);
            channel.close();
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            syncDirectory(path);
        } catch (IOException e) {
            UserException failure = new UserException(path + ": cannot be finished: " + e.getMessage(), e);
            discard(failure);
            throw failure;
        }
    }

    private @Nullable RuntimeException problem() {
        if (current < tensors.size()) {
            TensorSpec tensor = tensors.get(current);
            return new IllegalStateException(
                    path + ": not written, because " + tensor + " got " + written + " of " + tensor.bytes() + " bytes");
        }
        return failed ? new IllegalStateException(path + ": not written, because a write failed") : null;
    }

    private void discard(RuntimeException failure) {
        try {
            channel.close();
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** Makes the rename itself durable. */
    private static void syncDirectory(Path file) {
        try (FileChannel directory =
                FileChannel.open(file.toAbsolutePath().resolveSibling(""), StandardOpenOption.READ)) {
            directory.force(true);
        } catch (IOException e) {
            // Windows cannot open directories; the file is complete and has its name all the same.
        }
    }
}
