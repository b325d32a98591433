package org.data2vec4j.embed;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * The vectors computed so far, kept beside the output until all are there, so that the same command goes on where it was stopped. It
 * begins with what was asked for: of other weights or data nothing is taken over. A record cut short by a power cut is dropped.
 */
final class EmbeddingJournal implements AutoCloseable {
    private static final int FORMAT = 0x64327645; // and the version of the form

    private final Path file;
    private final int width;
    private final FileChannel channel;
    private final long start;
    private long last = -1;
    private int count;

    /**
     * Opens what is there, or begins.
     *
     * @param asked the weights and the data, in words
     */
    EmbeddingJournal(Path output, String asked, int width) {
        this.file = output.resolveSibling("." + output.getFileName() + ".part");
        this.width = width;
        byte[] key = asked.getBytes(StandardCharsets.UTF_8);
        ByteBuffer head = ByteBuffer.allocate(3 * Integer.BYTES + key.length)
                .putInt(FORMAT)
                .putInt(width)
                .putInt(key.length)
                .put(key)
                .flip();
        this.start = head.limit();
        try {
            long end = Files.exists(file) ? known(head.array()) : 0;
            this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.truncate(end);
            channel.position(end);
            if (end == 0) {
                write(head);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the last whole record ends; 0 if something else was asked for. */
    private long known(byte[] head) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            if (!Arrays.equals(in.readNBytes(head.length), head)) {
                return 0;
            }
            long end = head.length;
            while (true) {
                try {
                    long index = in.readLong();
                    int name = in.readInt();
                    in.skipNBytes(name + (long) Float.BYTES * width);
                    end += Long.BYTES + Integer.BYTES + name + (long) Float.BYTES * width;
                    last = index;
                    count++;
                } catch (EOFException e) {
                    return end;
                }
            }
        }
    }

    /** The number of the last sample that is there; −1 if there is none. */
    long last() {
        return last;
    }

    /** How many vectors are there. */
    int count() {
        return count;
    }

    /** Appends a sample's vector. */
    void add(long index, String name, float[] vector) {
        byte[] named = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer record =
                ByteBuffer.allocate(Long.BYTES + Integer.BYTES + named.length + Float.BYTES * vector.length);
        record.putLong(index).putInt(named.length).put(named);
        for (float value : vector) {
            record.putFloat(value);
        }
        try {
            write(record.flip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        last = index;
        count++;
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Hands over all vectors, in order. */
    void forEach(BiConsumer<String, float[]> taker) {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            in.skipNBytes(start);
            for (int i = 0; i < count; i++) {
                in.readLong();
                String name = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
                float[] vector = new float[width];
                for (int d = 0; d < width; d++) {
                    vector[d] = in.readFloat();
                }
                taker.accept(name, vector);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes the file: it is not needed any more. */
    void delete() {
        try {
            channel.close();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Leaves the file for the next time; one without vectors is removed. */
    @Override
    public void close() {
        try {
            channel.close();
            if (count == 0) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
