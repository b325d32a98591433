package org.data2vec4j.data.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values of a page, in order, without nulls: byte strings, as places in arrays, or whole numbers.
 *
 * @param bytes of each byte string, the array that it is in; empty for numbers
 * @param starts of each, where it begins there
 * @param lengths of each
 * @param numbers the numbers; empty for byte strings
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Values(byte[][] bytes, int[] starts, int[] lengths, long[] numbers) {
    private static final int PLAIN = 0;
    private static final int PLAIN_DICTIONARY = 2;
    private static final int DELTA_BINARY_PACKED = 5;
    private static final int DELTA_LENGTH = 6;
    private static final int RLE_DICTIONARY = 8;

    static final int INT32 = 1;
    static final int INT64 = 2;
    static final int BYTE_ARRAY = 6;

    private static Values strings(byte[] all, int[] starts, int[] lengths) {
        byte[][] bytes = new byte[starts.length][];
        Arrays.fill(bytes, all);
        return new Values(bytes, starts, lengths, new long[0]);
    }

    private static Values integers(long[] numbers) {
        return new Values(new byte[0][], new int[0], new int[0], numbers);
    }

    int count() {
        return numbers.length + starts.length;
    }

    /** Decodes {@code count} values that begin at a place of a page. */
    @SuppressWarnings("StatementSwitchToExpressionSwitch") // blocks of several lines
    static Values read(byte[] page, int at, int encoding, int type, int count, @Nullable Values dictionary)
            throws IOException {
        ByteBuffer in = ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN).position(at);
        switch (encoding) {
            case PLAIN:
                return plain(page, in, type, count);
            case PLAIN_DICTIONARY, RLE_DICTIONARY:
                if (dictionary == null) {
                    throw new IOException("the Parquet file lacks a dictionary");
                }
                return dictionary.picked(count == 0 ? new int[0] : RunLengths.read(in, in.get(), count));
            case DELTA_BINARY_PACKED:
                return integers(deltas(in));
            case DELTA_LENGTH:
                long[] sizes = deltas(in);
                int[] starts = new int[sizes.length];
                int[] lengths = new int[sizes.length];
                int place = in.position();
                for (int i = 0; i < sizes.length; i++) {
                    starts[i] = place;
                    lengths[i] = (int) sizes[i];
                    place += lengths[i];
                }
                return strings(page, starts, lengths);
            default:
                throw new IOException("a column of the Parquet file has the encoding " + encoding
                        + ", which is not read;" + " write it with plain or dictionary encoding");
        }
    }

    private static Values plain(byte[] page, ByteBuffer in, int type, int count) throws IOException {
        if (type == BYTE_ARRAY) {
            int[] starts = new int[count];
            int[] lengths = new int[count];
            for (int i = 0; i < count; i++) {
                lengths[i] = in.getInt();
                starts[i] = in.position();
                in.position(starts[i] + lengths[i]);
            }
            return strings(page, starts, lengths);
        }
        if (type != INT32 && type != INT64) {
            throw new IOException("a column of the Parquet file has neither text, bytes nor whole numbers");
        }
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = type == INT32 ? in.getInt() : in.getLong();
        }
        return integers(numbers);
    }

    private Values picked(int[] indexes) {
        if (numbers.length > 0) {
            return integers(Arrays.stream(indexes).mapToLong(i -> numbers[i]).toArray());
        }
        byte[][] some = new byte[indexes.length][];
        int[] from = new int[indexes.length];
        int[] sizes = new int[indexes.length];
        for (int i = 0; i < indexes.length; i++) {
            some[i] = bytes[indexes[i]];
            from[i] = starts[indexes[i]];
            sizes[i] = lengths[indexes[i]];
        }
        return new Values(some, from, sizes, new long[0]);
    }

    private static long[] deltas(ByteBuffer in) {
        int block = (int) Thrift.varint(in);
        int minis = (int) Thrift.varint(in);
        long[] out = new long[(int) Thrift.varint(in)];
        long value = Thrift.zigzag(in);
        int at = 0;
        if (out.length > 0) {
            out[at++] = value;
        }
        while (at < out.length) {
            long least = Thrift.zigzag(in);
            byte[] widths = new byte[minis];
            in.get(widths);
            for (int m = 0; m < minis && at < out.length; m++) {
                int end = in.position() + block / minis * widths[m] / 8;
                int bit = 0;
                int start = in.position();
                for (int i = 0; i < block / minis && at < out.length; i++) {
                    long delta = 0;
                    for (int b = 0; b < widths[m]; b++, bit++) {
                        delta |= (in.get(start + bit / 8) >> bit % 8 & 1L) << b;
                    }
                    value += least + delta;
                    out[at++] = value;
                }
                in.position(Math.min(end, in.limit()));
            }
        }
        return out;
    }
}
