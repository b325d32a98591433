package org.data2vec4j.data.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** How pages are compressed: Snappy, gzip, raw LZ4 or not at all. */
final class Codec {
    private static final List<String> NAMES =
            List.of("UNCOMPRESSED", "SNAPPY", "GZIP", "LZO", "BROTLI", "LZ4", "ZSTD", "LZ4_RAW");
    static final int NONE = 0;
    private static final int SNAPPY = 1;
    private static final int GZIP = 2;
    private static final int LZ4_RAW = 7;

    private Codec() {}

    /** The bytes of a page, of which there are {@code size} when they are not compressed. */
    static byte[] decompress(int codec, ByteBuffer in, int from, int size) throws IOException {
        byte[] out = new byte[size];
        try {
            switch (codec) {
                case NONE -> in.get(from, out, 0, size);
                case SNAPPY -> snappy(in, from, out);
                case LZ4_RAW -> lz4(in, from, in.limit(), out);
                case GZIP -> {
                    byte[] packed = new byte[in.limit() - from];
                    in.get(from, packed);
                    try (GZIPInputStream zip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
                        if (zip.readNBytes(out, 0, size) < size) {
                            throw new IOException("a page of the Parquet file is cut off");
                        }
                    }
                }
                default ->
                    throw new IOException("it is compressed with "
                            + (codec >= 0 && codec < NAMES.size() ? NAMES.get(codec) : "codec " + codec)
                            + ", which is not read; write it with compression snappy, gzip or none");
            }
        } catch (IndexOutOfBoundsException e) {
            throw new IOException("a page of the Parquet file is damaged", e);
        }
        return out;
    }

    private static void snappy(ByteBuffer in, int from, byte[] out) {
        int at = from;
        while (in.get(at) < 0) { // the length, which the page's header says too
            at++;
        }
        at++;
        int to = 0;
        while (to < out.length) {
            int tag = in.get(at++) & 0xFF;
            if ((tag & 3) == 0) {
                int count = tag >> 2;
                if (count >= 60) {
                    int bytes = count - 59;
                    count = little(in, at, bytes);
                    at += bytes;
                }
                count++;
                in.get(at, out, to, count);
                at += count;
                to += count;
                continue;
            }
            int count = (tag & 3) == 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
            int back;
            switch (tag & 3) {
                case 1 -> {
                    back = ((tag >> 5) << 8) | (in.get(at) & 0xFF);
                    at++;
                }
                case 2 -> {
                    back = little(in, at, 2);
                    at += 2;
                }
                default -> {
                    back = little(in, at, 4);
                    at += 4;
                }
            }
            repeat(out, to, back, count);
            to += count;
        }
    }

    private static void lz4(ByteBuffer in, int from, int end, byte[] out) {
        int at = from;
        int to = 0;
        while (at < end) {
            int token = in.get(at++) & 0xFF;
            int literals = token >> 4;
            if (literals == 15) {
                int more;
                do {
                    more = in.get(at++) & 0xFF;
                    literals += more;
                } while (more == 255);
            }
            in.get(at, out, to, literals);
            at += literals;
            to += literals;
            if (at >= end) {
                return; // the last sequence has literals only
            }
            int back = little(in, at, 2);
            at += 2;
            int count = token & 15;
            if (count == 15) {
                int more;
                do {
                    more = in.get(at++) & 0xFF;
                    count += more;
                } while (more == 255);
            }
            repeat(out, to, back, count + 4);
            to += count + 4;
        }
    }

    private static void repeat(byte[] out, int to, int back, int count) {
        if (back <= 0) {
            throw new IndexOutOfBoundsException(back);
        }
        if (back >= count) {
            System.arraycopy(out, to - back, out, to, count);
            return;
        }
        for (int i = to; i < to + count; i++) {
            out[i] = out[i - back];
        }
    }

    private static int little(ByteBuffer in, int at, int bytes) {
        int value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (in.get(at + i) & 0xFF) << (8 * i);
        }
        return value;
    }
}
