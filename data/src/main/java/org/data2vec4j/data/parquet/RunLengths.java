package org.data2vec4j.data.parquet;

import java.nio.ByteBuffer;

/** Levels and dictionary indexes: runs of equal numbers and groups of eight packed ones (the format's RLE hybrid). */
final class RunLengths {
    private RunLengths() {}

    /** Reads {@code count} numbers of {@code width} bits. */
    static int[] read(ByteBuffer in, int width, int count) {
        int[] out = new int[count];
        int at = 0;
        while (at < count) {
            long head = Thrift.varint(in);
            if ((head & 1) == 0) {
                int value = 0;
                for (int i = 0; i < (width + 7) / 8; i++) {
                    value |= (in.get() & 0xFF) << (8 * i);
                }
                for (long i = head >>> 1; i > 0 && at < count; i--) {
                    out[at++] = value;
                }
            } else {
                long left = 8 * (head >>> 1);
                long bits = 0;
                int have = 0;
                for (; left > 0; left--) {
                    while (have < width) {
                        bits |= (in.hasRemaining() ? in.get() & 0xFFL : 0) << have;
                        have += 8;
                    }
                    if (at < count) {
                        out[at++] = (int) (bits & ((1L << width) - 1));
                    }
                    bits >>>= width;
                    have -= width;
                }
            }
        }
        return out;
    }
}
