package org.data2vec4j.interop.onnx;

import java.util.function.Supplier;
import org.data2vec4j.core.ProtoMessage;

/**
 * A tensor that a graph holds; its bytes are had only when they are written, so that no two copies of a model are in memory.
 *
 * @param shape its sizes
 * @param bytes little-endian values in row-major order
 */
@SuppressWarnings("ArrayRecordComponent") // built once, written once; never compared
record Initializer(String name, ElementType type, long[] shape, Supplier<byte[]> bytes) {
    // TensorProto: dims = 1, data_type = 2, name = 8, raw_data = 9, external_data = 13, data_location = 14
    private static final int RAW_DATA = 9;
    private static final int EXTERNAL_DATA = 13;
    private static final int DATA_LOCATION = 14;
    private static final int EXTERNAL = 1;

    /** How many bytes there are. */
    long length() {
        long length = type.bytes();
        for (long size : shape) {
            length = Math.multiplyExact(length, size);
        }
        return length;
    }

    /** All of the message but the bytes, which must follow it. */
    ProtoMessage beforeBytes() {
        return described().begun(RAW_DATA, length());
    }

    /** The message of a tensor whose bytes are in another file. */
    ProtoMessage elsewhere(String file, long offset) {
        return described()
                .message(EXTERNAL_DATA, entry("location", file))
                .message(EXTERNAL_DATA, entry("offset", "" + offset))
                .message(EXTERNAL_DATA, entry("length", "" + length()))
                .integer(DATA_LOCATION, EXTERNAL);
    }

    private ProtoMessage described() {
        ProtoMessage message = new ProtoMessage();
        for (long size : shape) {
            message.integer(1, size);
        }
        return message.integer(2, type.number()).text(8, name);
    }

    /** ONNX's StringStringEntryProto. */
    static ProtoMessage entry(String key, String value) {
        return new ProtoMessage().text(1, key).text(2, value);
    }
}
