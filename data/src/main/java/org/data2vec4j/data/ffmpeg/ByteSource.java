package org.data2vec4j.data.ffmpeg;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** The bytes of one recording, read at any place. Used by one thread. */
public interface ByteSource extends Closeable {
    /** The number of bytes. */
    long size() throws IOException;

    /** Reads up to {@code count} bytes from {@code position} on into {@code into[at]} and on; −1 at or past the end. */
    int read(long position, byte[] into, int at, int count) throws IOException;

    /** Bytes in memory. */
    static ByteSource of(byte[] bytes) {
        return new Memory(bytes);
    }

    /** The bytes of a file; the file stays open until the source is closed. */
    static ByteSource of(Path path) throws IOException {
        return new File(FileChannel.open(path));
    }

    /** Fills the array's part from {@code position} on as far as the bytes go; the number read, 0 at the end. */
    default int readFully(long position, byte[] into, int at, int count) throws IOException {
        int done = 0;
        while (done < count) {
            int got = read(position + done, into, at + done, count - done);
            if (got < 0) {
                break;
            }
            done += got;
        }
        return done;
    }

    /** An array. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Memory(byte[] bytes) implements ByteSource {
        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public int read(long position, byte[] into, int at, int count) {
            if (position >= bytes.length) {
                return -1;
            }
            int got = Math.min(count, bytes.length - (int) position);
            System.arraycopy(bytes, (int) position, into, at, got);
            return got;
        }

        @Override
        public void close() {}
    }

    /** An open file. */
    record File(FileChannel channel) implements ByteSource {
        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public int read(long position, byte[] into, int at, int count) throws IOException {
            return channel.read(ByteBuffer.wrap(into, at, count), position);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
