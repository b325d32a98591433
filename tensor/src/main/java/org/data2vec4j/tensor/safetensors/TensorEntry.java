package org.data2vec4j.tensor.safetensors;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One tensor of an open file. Its bytes are mapped, not copied, and stay readable after the file object is closed.
 *
 * @param spec name, type and shape
 * @param data the elements, row-major and little-endian, from position 0 to the limit; read-only
 */
public record TensorEntry(TensorSpec spec, ByteBuffer data) {
    /** Throws {@link IllegalArgumentException} if the data are not exactly the tensor's bytes. */
    public TensorEntry {
        if (data.remaining() != spec.bytes()) {
            throw new IllegalArgumentException(spec + " with " + data.remaining() + " bytes");
        }
        data = view(data);
    }

    /** The tensor's name. */
    public String name() {
        return spec.name();
    }

    /** The element type. */
    public StorageType type() {
        return spec.type();
    }

    /** The sides; empty for a scalar. */
    public long[] shape() {
        return spec.shape();
    }

    /** A fresh read-only, little-endian view of the bytes: its position is the caller's own. */
    @Override
    public ByteBuffer data() {
        return view(data);
    }

    private static ByteBuffer view(ByteBuffer bytes) {
        return bytes.slice().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }
}
