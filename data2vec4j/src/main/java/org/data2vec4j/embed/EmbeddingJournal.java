package org.data2vec4j.embed;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/**
 * The vectors computed so far, kept beside the output until all are there, so that the same command goes on where it was stopped. It
 * begins with what was asked for: of other weights or data nothing is taken over. A record is a batch, with its place in the sequence
 * and a checksum. Everything behind the first record that is not as it was written is dropped: a power cut may leave half a record,
 * or a tail of zeros. Whole batches are kept so that those that follow are the batches of a pass that was never stopped.
 */
final class EmbeddingJournal implements AutoCloseable {
    private static final int FORMAT = 0x64327646; // and the version of the form
    private static final int LONGEST_NAME = 1 << 20;
    private static final int LARGEST_BATCH = 1 << 20;

    private final Path file;
    private final int width;
    private final long end;
    private final FileChannel channel;
    private final long start;
    private long batches;
    private long first = -1;
    private long last = -1;
    private int count;

    /**
     * Opens what is there, or begins.
     *
     * @param asked the weights and the data, in words
     * @param end what the number of every sample is less than
     */
    EmbeddingJournal(Path output, String asked, int width, long end) {
        this.file = output.resolveSibling("." + output.getFileName() + ".part");
        this.width = width;
        this.end = end;
        byte[] key = asked.getBytes(StandardCharsets.UTF_8);
        ByteBuffer head = ByteBuffer.allocate(3 * Integer.BYTES + key.length)
                .putInt(FORMAT)
                .putInt(width)
                .putInt(key.length)
                .put(key)
                .flip();
        this.start = head.limit();
        try {
            long known = Files.exists(file) ? known(head.array()) : 0;
            this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.truncate(known);
            channel.position(known);
            if (known == 0) {
                write(head);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the last record ends that is as it was written; 0 if something else was asked for. */
    private long known(byte[] head) throws IOException {
        CRC32C checksum = new CRC32C();
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
                DataInputStream in = new DataInputStream(new CheckedInputStream(raw, checksum))) {
            if (!Arrays.equals(in.readNBytes(head.length), head)) {
                return 0;
            }
            long position = head.length;
            while (true) {
                checksum.reset();
                long bytes = record(in, checksum);
                if (bytes < 0) {
                    return position;
                }
                position += bytes;
            }
        }
    }

    /** Passes over a record and takes note of it; returns its bytes, or −1 if it is not as it was written. */
    private long record(DataInputStream in, CRC32C checksum) throws IOException {
        try {
            long sequence = in.readLong();
            int size = in.readInt();
            if (sequence != batches || size <= 0 || size > LARGEST_BATCH) {
                return -1;
            }
            long bytes = Long.BYTES + 2 * Integer.BYTES;
            long from = -1;
            long number = last;
            for (int i = 0; i < size; i++) {
                long next = in.readLong();
                int name = in.readInt();
                if (next <= number || next >= end || name < 0 || name > LONGEST_NAME) {
                    return -1;
                }
                from = i == 0 ? next : from;
                number = next;
                in.skipNBytes(name + (long) Float.BYTES * width);
                bytes += Long.BYTES + Integer.BYTES + name + (long) Float.BYTES * width;
            }
            int expected = (int) checksum.getValue();
            if (in.readInt() != expected) {
                return -1;
            }
            first = from;
            last = number;
            count += size;
            batches++;
            return bytes;
        } catch (EOFException e) {
            return -1;
        }
    }

    /** The number before that of the first sample of the last batch that is there: a visit goes on after it; −1 visits all. */
    long beforeLastBatch() {
        return Math.max(-1, first - 1);
    }

    /** The number of the last sample that is there; −1 if there is none. */
    long last() {
        return last;
    }

    /** How many vectors are there. */
    int count() {
        return count;
    }

    /**
     * Appends a batch.
     *
     * @param numbers rising, and above {@link #last()}
     */
    void add(long[] numbers, List<String> names, float[][] vectors) {
        byte[][] named = names.stream()
                .map(name -> name.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        int bytes = Long.BYTES + 2 * Integer.BYTES;
        for (byte[] name : named) {
            bytes += Long.BYTES + Integer.BYTES + name.length + Float.BYTES * width;
        }
        ByteBuffer record = ByteBuffer.allocate(bytes).putLong(batches).putInt(numbers.length);
        for (int i = 0; i < numbers.length; i++) {
            record.putLong(numbers[i]).putInt(named[i].length).put(named[i]);
            for (float value : vectors[i]) {
                record.putFloat(value);
            }
        }
        CRC32C checksum = new CRC32C();
        checksum.update(record.array(), 0, record.position());
        try {
            write(record.putInt((int) checksum.getValue()).flip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        batches++;
        first = numbers[0];
        last = numbers[numbers.length - 1];
        count += numbers.length;
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
            for (long batch = 0; batch < batches; batch++) {
                in.readLong();
                int size = in.readInt();
                for (int i = 0; i < size; i++) {
                    in.readLong();
                    String name = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
                    taker.accept(name, vector(in));
                }
                in.readInt();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private float[] vector(DataInputStream in) throws IOException {
        float[] vector = new float[width];
        for (int d = 0; d < width; d++) {
            vector[d] = in.readFloat();
        }
        return vector;
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
