package org.data2vec4j.data.parquet;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A structure in Thrift's compact protocol: values by the numbers of their fields. Integers are {@link Long}, strings byte arrays.
 */
final class Thrift {
    private static final int TRUE = 1;
    private static final int FALSE = 2;
    private static final int BYTE = 3;
    private static final int DOUBLE = 7;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int SET = 10;
    private static final int STRUCT = 12;
    private static final int MOST = 1 << 28;

    private final Map<Integer, Object> fields;

    private Thrift(Map<Integer, Object> fields) {
        this.fields = fields;
    }

    /** Reads a structure at the buffer's position; one that is longer than the buffer throws {@link BufferUnderflowException}. */
    static Thrift read(ByteBuffer in) throws IOException {
        Map<Integer, Object> fields = new HashMap<>();
        int id = 0;
        while (true) {
            int head = in.get() & 0xFF;
            if (head == 0) {
                return new Thrift(fields);
            }
            id = head >> 4 == 0 ? (int) zigzag(in) : id + (head >> 4);
            int type = head & 15;
            fields.put(id, type == TRUE || type == FALSE ? (Object) (type == TRUE ? 1L : 0L) : value(in, type));
        }
    }

    @SuppressWarnings("StatementSwitchToExpressionSwitch") // blocks of several lines
    private static Object value(ByteBuffer in, int type) throws IOException {
        switch (type) {
            case TRUE, FALSE, BYTE:
                return (long) in.get();
            case 4, 5, 6:
                return zigzag(in);
            case DOUBLE:
                return in.getLong();
            case BINARY:
                byte[] bytes = new byte[size(varint(in), in)];
                in.get(bytes);
                return bytes;
            case LIST, SET:
                int head = in.get() & 0xFF;
                int count = head >> 4 == 15 ? size(varint(in), in) : head >> 4;
                List<Object> list = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    list.add(value(in, head & 15));
                }
                return list;
            case STRUCT:
                return read(in);
            default:
                throw new IOException("a header of the Parquet file is damaged");
        }
    }

    private static int size(long size, ByteBuffer in) throws IOException {
        if (size < 0 || size > MOST) {
            throw new IOException("a header of the Parquet file is damaged");
        }
        if (size > in.remaining()) {
            throw new BufferUnderflowException();
        }
        return (int) size;
    }

    static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int b = in.get();
            value |= (b & 0x7FL) << shift;
            if (b >= 0) {
                return value;
            }
        }
        return value;
    }

    static long zigzag(ByteBuffer in) {
        long value = varint(in);
        return value >>> 1 ^ -(value & 1);
    }

    boolean has(int field) {
        return fields.containsKey(field);
    }

    long number(int field, long otherwise) {
        return fields.get(field) instanceof Long value ? value : otherwise;
    }

    @Nullable
    String text(int field) {
        return fields.get(field) instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : null;
    }

    Thrift struct(int field) throws IOException {
        if (fields.get(field) instanceof Thrift struct) {
            return struct;
        }
        throw new IOException("the Parquet file lacks a part of its header");
    }

    /** The structures of a list; none if there is no list. */
    List<Thrift> structs(int field) {
        List<Thrift> structs = new ArrayList<>();
        if (fields.get(field) instanceof List<?> list) {
            list.forEach(element -> {
                if (element instanceof Thrift struct) {
                    structs.add(struct);
                }
            });
        }
        return structs;
    }

    /** The strings of a list. */
    List<String> texts(int field) {
        List<String> texts = new ArrayList<>();
        if (fields.get(field) instanceof List<?> list) {
            list.forEach(element -> {
                if (element instanceof byte[] bytes) {
                    texts.add(new String(bytes, StandardCharsets.UTF_8));
                }
            });
        }
        return texts;
    }
}
