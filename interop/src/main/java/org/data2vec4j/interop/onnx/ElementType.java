package org.data2vec4j.interop.onnx;

/** What the numbers of a tensor are, as ONNX counts types. */
enum ElementType {
    /** Single precision. */
    F32(1, 4),
    /** Whole numbers. */
    I64(7, 8);

    private final int number;
    private final int bytes;

    ElementType(int number, int bytes) {
        this.number = number;
        this.bytes = bytes;
    }

    /** TensorProto.DataType. */
    int number() {
        return number;
    }

    /** Of one number. */
    int bytes() {
        return bytes;
    }
}
