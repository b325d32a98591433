package org.data2vec4j.core;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Builds one protocol-buffers message, field by field, in the wire format (protobuf.dev, "Encoding"). */
public final class ProtoMessage {
    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED_32 = 5;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** A field of type int64 or enum. */
    public ProtoMessage integer(int field, long value) {
        tag(field, VARINT);
        varint(value);
        return this;
    }

    /** A field of type double. */
    public ProtoMessage number(int field, double value) {
        tag(field, FIXED_64);
        fixed(Double.doubleToRawLongBits(value), Double.BYTES);
        return this;
    }

    /** A field of type float. */
    public ProtoMessage number(int field, float value) {
        tag(field, FIXED_32);
        fixed(Float.floatToRawIntBits(value), Float.BYTES);
        return this;
    }

    /** A field of type string. */
    public ProtoMessage text(int field, String value) {
        return field(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /** A message within this one; repeated fields are repeated calls. */
    public ProtoMessage message(int field, ProtoMessage value) {
        return field(field, value.bytes());
    }

    /** The fields of another message, after those of this one. */
    public ProtoMessage append(ProtoMessage other) {
        out.writeBytes(other.bytes());
        return this;
    }

    /** A field of type bytes or a message, of which only tag and length are said: so many bytes must follow this message. */
    public ProtoMessage begun(int field, long length) {
        tag(field, BYTES);
        varint(length);
        return this;
    }

    /** The bytes so far. */
    public long length() {
        return out.size();
    }

    /** The message so far. */
    public byte[] bytes() {
        return out.toByteArray();
    }

    private ProtoMessage field(int field, byte[] value) {
        tag(field, BYTES);
        varint(value.length);
        out.writeBytes(value);
        return this;
    }

    private void tag(int field, int wireType) {
        varint(((long) field << 3) | wireType);
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private void fixed(long bits, int size) {
        for (int i = 0; i < size; i++) {
            out.write((int) (bits >>> (8 * i)));
        }
    }
}
