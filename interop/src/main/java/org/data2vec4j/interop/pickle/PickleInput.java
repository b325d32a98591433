package org.data2vec4j.interop.pickle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.data2vec4j.core.UserException;

/** The bytes of a pickle, read front to back; every length is checked against what is left before memory is taken for it. */
final class PickleInput {
    private final ByteBuffer bytes;

    PickleInput(ByteBuffer bytes) {
        this.bytes = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    int position() {
        return bytes.position();
    }

    private void need(long count) {
        if (count < 0 || count > bytes.remaining()) {
            throw new UserException("the pickle ends in the middle: " + count + " bytes are announced at byte "
                    + bytes.position() + " and " + bytes.remaining() + " are left");
        }
    }

    int u1() {
        need(1);
        return bytes.get() & 0xFF;
    }

    int u2() {
        need(2);
        return bytes.getShort() & 0xFFFF;
    }

    int i4() {
        need(4);
        return bytes.getInt();
    }

    long u4() {
        return Integer.toUnsignedLong(i4());
    }

    long i8() {
        need(8);
        return bytes.getLong();
    }

    double bigEndianDouble() {
        need(8);
        return Double.longBitsToDouble(Long.reverseBytes(bytes.getLong()));
    }

    byte[] take(long count) {
        need(count);
        byte[] taken = new byte[(int) count];
        bytes.get(taken);
        return taken;
    }

    String text(long count) {
        return new String(take(count), StandardCharsets.UTF_8);
    }

    /** Up to the next line feed, without it. */
    String line() {
        int start = bytes.position();
        while (true) {
            need(1);
            if (bytes.get() == '\n') {
                int end = bytes.position() - 1;
                byte[] line = new byte[end - start];
                bytes.duplicate().position(start).get(line);
                return new String(line, StandardCharsets.UTF_8);
            }
        }
    }
}
