package org.data2vec4j.data.tar;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where the bytes of a shard's files lie; reads from many threads at once. */
public sealed interface ShardStore extends AutoCloseable {
    /** The {@code size} bytes at a place. */
    byte[] read(long place, int size) throws IOException;

    @Override
    void close();

    /** In memory: places count the files. */
    final class Memory implements ShardStore {
        private final List<byte[]> files = new ArrayList<>();

        /** Keeps a file and gives its place; while the shard is being indexed, by one thread. */
        public long add(byte[] bytes) {
            files.add(bytes);
            return files.size() - 1L;
        }

        @Override
        public byte[] read(long place, int size) {
            return files.get((int) place);
        }

        @Override
        public void close() {}
    }

    /** In an uncompressed archive: places are byte offsets. */
    final class File implements ShardStore {
        private final Path path;
        private FileChannel channel;
        private boolean closed;

        /** Opens the archive. */
        public File(Path path) throws IOException {
            this.path = path;
            this.channel = FileChannel.open(path);
        }

        @Override
        public byte[] read(long place, int size) throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(size);
            try {
                FileChannel open = channel();
                while (buffer.hasRemaining()) {
                    if (open.read(buffer, place + buffer.position()) < 0) {
                        throw new EOFException("the archive has become shorter since it was opened");
                    }
                }
            } catch (ClosedByInterruptException e) { // not the file's fault: must not count as a broken file
                throw new UncheckedIOException("interrupted while reading " + path, e);
            }
            return buffer.array();
        }

        /** An interrupt of any reader closes the channel for all of them, so it is opened again. */
        private synchronized FileChannel channel() throws IOException {
            if (closed) {
                throw new ClosedChannelException();
            }
            if (!channel.isOpen()) {
                channel = FileChannel.open(path);
            }
            return channel;
        }

        @Override
        public synchronized void close() {
            closed = true;
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException("closing " + path, e);
            }
        }
    }
}
