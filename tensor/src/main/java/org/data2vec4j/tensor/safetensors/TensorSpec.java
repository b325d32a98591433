package org.data2vec4j.tensor.safetensors;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A tensor's name, type and shape: what a header says of it. A value; its size in bytes fits a {@code long}. */
public final class TensorSpec {
    static final String METADATA = "__metadata__";

    private final String name;
    private final StorageType type;
    private final long[] shape;
    private final long bytes;

    /**
     * A tensor to be written.
     *
     * @param name any string but {@code __metadata__}
     * @param type element type
     * @param shape sides, none negative; empty for a scalar; copied
     * @throws IllegalArgumentException for the reserved name, a negative side, or 2⁶³ bytes or more
     */
    public TensorSpec(String name, StorageType type, long... shape) {
        if (name.equals(METADATA)) {
            throw new IllegalArgumentException("the name " + METADATA + " is reserved");
        }
        this.name = name;
        this.type = type;
        this.shape = shape.clone();
        this.bytes = size(type, this.shape);
    }

    private static long size(StorageType type, long[] shape) {
        long size = type.bytes();
        for (long side : shape) {
            if (side < 0) {
                throw new IllegalArgumentException("shape " + Arrays.toString(shape) + " has a negative side");
            }
            try {
                size = Math.multiplyExact(size, side);
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException("shape " + Arrays.toString(shape) + " is too large", e);
            }
        }
        return size;
    }

    /** The tensor's name. */
    public String name() {
        return name;
    }

    /** The element type. */
    public StorageType type() {
        return type;
    }

    /** The sides, a copy; empty for a scalar. */
    public long[] shape() {
        return shape.clone();
    }

    /** Bytes of the whole tensor. */
    public long bytes() {
        return bytes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TensorSpec that
                && name.equals(that.name)
                && type == that.type
                && Arrays.equals(shape, that.shape);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * name.hashCode() + type.hashCode()) + Arrays.hashCode(shape);
    }

    @Override
    public String toString() {
        return name + " " + type + Arrays.toString(shape);
    }
}
