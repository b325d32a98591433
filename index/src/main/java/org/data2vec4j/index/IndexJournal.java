package org.data2vec4j.index;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.data2vec4j.core.UserException;
import org.jspecify.annotations.Nullable;

/**
 * The changes of an index in order. A record has its length, its number in the sequence, its change and a checksum over these, so that
 * one that was cut off, or is left from something else, is known. What a stopped process did not finish is a cut-off end, which is
 * dropped. A record that is damaged before others is an error: samples would silently be missing.
 */
final class IndexJournal implements Closeable {
    static final String FILE = "journal.bin";

    private static final long MAGIC = 0x643276496E646578L; // "d2vIndex"
    private static final int FRAME = Integer.BYTES + Long.BYTES;
    private static final int LONGEST = 1 << 24;
    private static final byte ADD = 1;
    private static final byte REMOVE = 2;

    /** Is told of the changes in order. */
    interface Reader {
        /** A sample is there, with its vector in a row of the vector file and its picture in the picture file. */
        void added(IndexedSample sample, int row, int vectorChecksum, long pictureAt, int pictureBytes);

        /** A sample is gone. */
        void removed(long id);
    }

    private final FileChannel channel;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private long sequence;

    private IndexJournal(FileChannel channel, long sequence) {
        this.channel = channel;
        this.sequence = sequence;
    }

    /** Reads the changes of a journal and opens it to append more; a cut-off end is removed. */
    static IndexJournal open(Path file, Reader reader) throws IOException {
        long[] end = Files.exists(file) ? read(file, reader) : new long[2];
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.truncate(end[0]);
        channel.position(end[0]);
        if (end[0] == 0) {
            writeAll(channel, ByteBuffer.allocate(Long.BYTES).putLong(MAGIC).flip());
            channel.force(true);
        }
        return new IndexJournal(channel, end[1]);
    }

    /**
     * Reads the changes of a journal.
     *
     * @return where the last whole record ends, and the number of records
     */
    static long[] read(Path file, Reader reader) throws IOException {
        long size = Files.size(file);
        if (size < Long.BYTES) {
            return new long[2];
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            if (in.readLong() != MAGIC) {
                throw new UserException(file + " is not the journal of an index; build the index again");
            }
            long at = Long.BYTES;
            long sequence = 0;
            while (true) {
                byte[] change = frame(in, size - at, sequence);
                if (change == null) {
                    checkNothingFollows(file, at, sequence);
                    return new long[] {at, sequence};
                }
                apply(change, reader);
                at += FRAME + change.length + Integer.BYTES;
                sequence++;
            }
        }
    }

    /** The change in the next frame; null if there is no whole one of this number. */
    private static byte @Nullable [] frame(DataInputStream in, long left, long sequence) throws IOException {
        if (left < FRAME + Integer.BYTES) {
            return null;
        }
        int length = in.readInt();
        long number = in.readLong();
        if (length < 1 || length > LONGEST || number != sequence || left < (long) FRAME + length + Integer.BYTES) {
            return null;
        }
        byte[] change = in.readNBytes(length);
        return in.readInt() == checksum(sequence, change) ? change : null;
    }

    /** A whole record later in the file shows that the one here was whole once. */
    private static void checkNothingFollows(Path file, long from, long sequence) throws IOException {
        byte[] rest;
        try (FileChannel in = FileChannel.open(file)) {
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(LONGEST, in.size() - from));
            in.read(buffer, from);
            rest = buffer.array();
        }
        ByteBuffer bytes = ByteBuffer.wrap(rest);
        for (int at = 1; at + FRAME + Integer.BYTES <= rest.length; at++) {
            int length = bytes.getInt(at);
            long number = bytes.getLong(at + Integer.BYTES);
            boolean possible = length >= 1
                    && length <= rest.length - at - FRAME - Integer.BYTES
                    && number > sequence
                    && number <= sequence + rest.length;
            if (possible) {
                byte[] change = new byte[length];
                bytes.get(at + FRAME, change);
                if (bytes.getInt(at + FRAME + length) == checksum(number, change)) {
                    throw new UserException(file + " is damaged at byte " + from
                            + ", before records that are whole; build the index again");
                }
            }
        }
    }

    private static int checksum(long sequence, byte[] change) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(FRAME)
                .putInt(change.length)
                .putLong(sequence)
                .flip());
        crc.update(change);
        return (int) crc.getValue();
    }

    private static void apply(byte[] change, Reader reader) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(change));
        byte kind = in.readByte();
        long id = in.readLong();
        if (kind == REMOVE) {
            reader.removed(id);
            return;
        }
        int row = in.readInt();
        int vectorChecksum = in.readInt();
        long pictureAt = in.readLong();
        int pictureBytes = in.readInt();
        String name = in.readUTF();
        String label = in.readBoolean() ? in.readUTF() : null;
        String hash = in.readUTF();
        long bytes = in.readLong();
        String words = in.readUTF();
        reader.added(
                new IndexedSample(id, name, label, hash, bytes, words), row, vectorChecksum, pictureAt, pictureBytes);
    }

    /** Notes a sample; it is on the disk after {@link #commit}. */
    void add(IndexedSample sample, int row, int vectorChecksum, long pictureAt, int pictureBytes) throws IOException {
        ByteArrayOutputStream change = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(change);
        out.writeByte(ADD);
        out.writeLong(sample.id());
        out.writeInt(row);
        out.writeInt(vectorChecksum);
        out.writeLong(pictureAt);
        out.writeInt(pictureBytes);
        out.writeUTF(sample.name());
        out.writeBoolean(sample.label() != null);
        if (sample.label() != null) {
            out.writeUTF(sample.label());
        }
        out.writeUTF(sample.hash());
        out.writeLong(sample.bytes());
        out.writeUTF(sample.words());
        append(change.toByteArray());
    }

    /** Notes that a sample is gone; it is on the disk after {@link #commit}. */
    void remove(long id) {
        append(ByteBuffer.allocate(1 + Long.BYTES).put(REMOVE).putLong(id).array());
    }

    private void append(byte[] change) {
        pending.writeBytes(ByteBuffer.allocate(FRAME)
                .putInt(change.length)
                .putLong(sequence)
                .array());
        pending.writeBytes(change);
        pending.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .putInt(checksum(sequence, change))
                .array());
        sequence++;
    }

    /** Forces what was noted to the disk. */
    void commit() throws IOException {
        writeAll(channel, ByteBuffer.wrap(pending.toByteArray()));
        channel.force(false);
        pending.reset();
    }

    static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
