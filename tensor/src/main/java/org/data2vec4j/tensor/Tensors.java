package org.data2vec4j.tensor;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Makes tensors, in the innermost {@link Scope}. */
public final class Tensors {
    private Tensors() {}

    /** Floats in row-major order, on the CPU; copied. */
    public static Tensor of(float[] values, long... shape) {
        Tensor tensor = empty(DType.F32, Device.CPU, checked(values.length, shape));
        if (values.length > 0) {
            new FloatPointer(tensor.raw.data_ptr()).put(values);
        }
        return tensor;
    }

    /** Integers of {@link DType#I64} in row-major order, on the CPU; copied. */
    public static Tensor of(long[] values, long... shape) {
        Tensor tensor = empty(DType.I64, Device.CPU, checked(values.length, shape));
        if (values.length > 0) {
            new LongPointer(tensor.raw.data_ptr()).put(values);
        }
        return tensor;
    }

    /** The bytes of {@code type}'s elements, little-endian in row-major order, on the CPU; copied. */
    public static Tensor ofBytes(ByteBuffer bytes, DType type, long... shape) {
        Tensor tensor = empty(type, Device.CPU, shape);
        long size = tensor.numel() * type.bytes();
        if (bytes.remaining() != size) {
            throw new IllegalArgumentException(bytes.remaining() + " bytes do not fill " + tensor);
        }
        if (size > 0) {
            BytePointer target = new BytePointer(tensor.raw.data_ptr());
            target.capacity(size).asByteBuffer().put(bytes.duplicate());
        }
        return tensor;
    }

    /** Undefined values. */
    public static Tensor empty(DType type, Device device, long... shape) {
        Native.load();
        return new Tensor(torch.empty(shape, options(type, device), new MemoryFormatOptional()));
    }

    /** Zeros. */
    public static Tensor zeros(DType type, Device device, long... shape) {
        return empty(type, device, shape).zero_();
    }

    /** Tensors joined along an existing dimension. */
    public static Tensor cat(List<Tensor> parts, int dim) {
        return new Tensor(torch.cat(vector(parts), dim));
    }

    /** Tensors of one shape joined along a new dimension. */
    public static Tensor stack(List<Tensor> parts, int dim) {
        return new Tensor(torch.stack(vector(parts), dim));
    }

    /** Seeds the generators of every device, so that what is drawn next is a function of {@code seed}. */
    public static void seed(long seed) {
        Native.load();
        torch.manual_seed(seed);
    }

    /** True with probability {@code p}, from the CPU's generator (see {@link #seed}): no device is waited for. */
    public static boolean bernoulli(double p) {
        try (Scope scope = Scope.open()) {
            return zeros(DType.F32, Device.CPU, 1).bernoulli_(p).item() == 1;
        }
    }

    private static TensorVector vector(List<Tensor> parts) {
        return new TensorVector(parts.stream().map(part -> part.raw).toArray(org.bytedeco.pytorch.Tensor[]::new));
    }

    private static TensorOptions options(DType type, Device device) {
        return new TensorOptions(type.raw).device(new org.bytedeco.pytorch.DeviceOptional(device.raw()));
    }

    private static long[] checked(long count, long[] shape) {
        long product = 1;
        for (long size : shape) {
            product = Math.multiplyExact(product, size);
        }
        if (product != count) {
            throw new IllegalArgumentException(count + " values do not fill shape " + Arrays.toString(shape));
        }
        return shape;
    }
}
