package org.data2vec4j.tensor;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.data2vec4j.core.UserException;
import org.data2vec4j.tensor.safetensors.SafeTensorsFile;
import org.data2vec4j.tensor.safetensors.SafeTensorsWriter;
import org.data2vec4j.tensor.safetensors.StorageType;
import org.data2vec4j.tensor.safetensors.TensorEntry;
import org.data2vec4j.tensor.safetensors.TensorSpec;

/** Tensors to and from safetensors files. */
public final class SafeTensors {
    private SafeTensors() {}

    /** A tensor of an open file, on the CPU, in the innermost {@link Scope}; throws if the file has none of that name. */
    public static Tensor read(SafeTensorsFile file, String name) {
        TensorEntry entry = file.entry(name);
        return Tensors.ofBytes(entry.data(), type(entry.type()), entry.shape());
    }

    /**
     * Writes tensors in the map's order; the file appears whole or not at all.
     *
     * @param metadata free text by key
     */
    public static void write(Path path, Map<String, String> metadata, Map<String, Tensor> tensors) {
        List<TensorSpec> specs = new ArrayList<>();
        tensors.forEach((name, tensor) -> specs.add(new TensorSpec(name, storage(tensor.type()), tensor.shape())));
        try (SafeTensorsWriter writer = new SafeTensorsWriter(path, metadata, specs)) {
            tensors.forEach((name, tensor) -> {
                try (Scope scope = Scope.open()) {
                    writer.write(name, ByteBuffer.wrap(tensor.toBytes()));
                }
            });
        }
    }

    private static DType type(StorageType type) {
        return switch (type) {
            case F64 -> DType.F64;
            case F32 -> DType.F32;
            case F16 -> DType.F16;
            case BF16 -> DType.BF16;
            case I64 -> DType.I64;
            case I32 -> DType.I32;
            case U8 -> DType.U8;
            case BOOL -> DType.BOOL;
            case I16, I8 ->
                throw new UserException(
                        "tensors of element type " + type + " are not supported; convert the file to I32");
        };
    }

    private static StorageType storage(DType type) {
        return StorageType.valueOf(type.name());
    }
}
