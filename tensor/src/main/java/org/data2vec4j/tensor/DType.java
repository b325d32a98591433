package org.data2vec4j.tensor;

import org.bytedeco.pytorch.global.torch.ScalarType;

/** The element types that tensors use. */
public enum DType {
    /** IEEE double precision. */
    F64(ScalarType.Double, 8),
    /** IEEE single precision: parameters, statistics, losses. */
    F32(ScalarType.Float, 4),
    /** IEEE half precision; read from files, not computed with on a CPU. */
    F16(ScalarType.Half, 2),
    /** Brain float: the fast product type where the hardware has units for it. */
    BF16(ScalarType.BFloat16, 2),
    /** Indices. */
    I64(ScalarType.Long, 8),
    /** 32-bit integers. */
    I32(ScalarType.Int, 4),
    /** Bytes. */
    U8(ScalarType.Byte, 1),
    /** Truth values. */
    BOOL(ScalarType.Bool, 1);

    final ScalarType raw;
    private final int bytes;

    DType(ScalarType raw, int bytes) {
        this.raw = raw;
        this.bytes = bytes;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }

    static DType of(ScalarType raw) {
        for (DType type : values()) {
            if (type.raw.value == raw.value) { // a native call returns an equal object, not the same one
                return type;
            }
        }
        throw new IllegalArgumentException("element type " + raw + " is not supported");
    }
}
