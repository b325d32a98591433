package org.data2vec4j.text.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** A file of any size, mapped for reading in parts of 1 GiB; little-endian values at places that are multiples of their size. */
final class MappedFile {
    private static final int SHIFT = 30;
    private static final long MASK = (1L << SHIFT) - 1;

    private final ByteBuffer[] parts;

    MappedFile(FileChannel channel) throws IOException {
        long size = channel.size();
        parts = new ByteBuffer[(int) ((size + MASK) >>> SHIFT)];
        for (int i = 0; i < parts.length; i++) {
            long start = (long) i << SHIFT;
            long length = Math.min(1L << SHIFT, size - start);
            parts[i] = channel.map(FileChannel.MapMode.READ_ONLY, start, length).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    byte getByte(long place) {
        return part(place).get((int) (place & MASK));
    }

    short getShort(long place) {
        return part(place).getShort((int) (place & MASK));
    }

    int getInt(long place) {
        return part(place).getInt((int) (place & MASK));
    }

    long getLong(long place) {
        return part(place).getLong((int) (place & MASK));
    }

    private ByteBuffer part(long place) {
        return parts[(int) (place >>> SHIFT)];
    }
}
