package org.data2vec4j.audio.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.data2vec4j.data.ffmpeg.ByteSource;
import org.data2vec4j.data.parquet.ParquetColumn;
import org.data2vec4j.data.tar.ShardStore;

/** Where the bytes of a recording are. */
sealed interface AudioBytes {
    ByteSource open() throws IOException;

    /** In a file of its own. */
    record InFile(Path path) implements AudioBytes {
        /** Small files are read at once: one call to the system instead of several. */
        @Override
        public ByteSource open() throws IOException {
            return Files.size(path) <= 1 << 20 ? ByteSource.of(Files.readAllBytes(path)) : ByteSource.of(path);
        }
    }

    /** In an archive. */
    record InShard(ShardStore store, long place, int size) implements AudioBytes {
        @Override
        public ByteSource open() throws IOException {
            return store instanceof ShardStore.File
                    ? new Slice(store, place, size)
                    : ByteSource.of(store.read(place, size));
        }
    }

    /** In a row of a Parquet file. */
    record InParquet(ParquetColumn column, int row) implements AudioBytes {
        @Override
        public ByteSource open() throws IOException {
            byte[] bytes = column.bytes(row);
            if (bytes == null) {
                throw new IOException("the row has no recording");
            }
            return ByteSource.of(bytes);
        }
    }

    /** A part of an archive that is read piece by piece: a header is found without reading the whole recording. */
    record Slice(ShardStore store, long place, long size) implements ByteSource {
        @Override
        public int read(long position, byte[] into, int at, int count) throws IOException {
            int there = (int) Math.min(count, size - position);
            if (there <= 0) {
                return -1;
            }
            System.arraycopy(store.read(place + position, there), 0, into, at, there);
            return there;
        }

        @Override
        public void close() {}
    }
}
