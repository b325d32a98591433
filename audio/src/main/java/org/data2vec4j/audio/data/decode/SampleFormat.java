package org.data2vec4j.audio.data.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** How a WAV file writes one sample; all are little-endian. Integers are scaled so that the most negative one is −1. */
enum SampleFormat {
    UNSIGNED_8(1) {
        @Override
        double value(byte[] bytes, int at) {
            return ((bytes[at] & 0xFF) - 128) / 128.0;
        }
    },
    SIGNED_16(2) {
        @Override
        double value(byte[] bytes, int at) {
            return (short) SHORT.get(bytes, at) / 32768.0;
        }
    },
    SIGNED_24(3) {
        @Override
        double value(byte[] bytes, int at) {
            int value = (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8 | bytes[at + 2] << 16;
            return value / 8388608.0;
        }
    },
    SIGNED_32(4) {
        @Override
        double value(byte[] bytes, int at) {
            return (int) INT.get(bytes, at) / 2147483648.0;
        }
    },
    FLOAT_32(4) {
        @Override
        double value(byte[] bytes, int at) {
            return Float.intBitsToFloat((int) INT.get(bytes, at));
        }
    },
    FLOAT_64(8) {
        @Override
        double value(byte[] bytes, int at) {
            return Double.longBitsToDouble((long) LONG.get(bytes, at));
        }
    };

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final int bytes;

    SampleFormat(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes per sample. */
    int bytes() {
        return bytes;
    }

    /** The sample whose first byte is at a place. */
    abstract double value(byte[] bytes, int at);
}
