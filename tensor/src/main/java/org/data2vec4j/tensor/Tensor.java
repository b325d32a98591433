package org.data2vec4j.tensor;

import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * An n-dimensional array on a device, with reverse-mode differentiation. Operators return new tensors in the innermost
 * {@link Scope}; those whose name ends in an underscore change this tensor and return it. Shapes broadcast as in NumPy;
 * a mismatch throws the library's {@link RuntimeException} with both shapes.
 */
public final class Tensor {
    final org.bytedeco.pytorch.Tensor raw;

    Tensor(org.bytedeco.pytorch.Tensor raw) {
        this.raw = raw;
        Shutdown.betweenOperators();
        OperatorProfile.made(this);
    }

    // ---- what it is ----

    /** The sizes of its dimensions. */
    public long[] shape() {
        long[] shape = new long[(int) raw.dim()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = raw.size(i);
        }
        return shape;
    }

    /** The size of one dimension; negative counts from the last. */
    public long size(int dim) {
        return raw.size(dim);
    }

    /** How many elements it holds. */
    public long numel() {
        return raw.numel();
    }

    /** Its element type. */
    public DType type() {
        return DType.of(raw.scalar_type());
    }

    /** Where it lives. */
    public Device device() {
        org.bytedeco.pytorch.Device device = raw.device();
        return device.is_cuda() ? new Device(Device.Kind.CUDA, device.index()) : Device.CPU;
    }

    // ---- values ----

    /** The value of a tensor of one element; waits for the device. */
    public double item() {
        return raw.item().toDouble();
    }

    /** All values as floats, in row-major order; waits for the device. */
    public float[] toFloats() {
        float[] values = new float[Math.toIntExact(numel())];
        if (values.length > 0) {
            org.bytedeco.pytorch.Tensor host = host(torch.ScalarType.Float);
            new FloatPointer(host.data_ptr()).get(values);
        }
        return values;
    }

    /** All values as longs, in row-major order; waits for the device. */
    public long[] toLongs() {
        long[] values = new long[Math.toIntExact(numel())];
        if (values.length > 0) {
            new LongPointer(host(torch.ScalarType.Long).data_ptr()).get(values);
        }
        return values;
    }

    /** All values as the bytes of their own element type, little-endian on every supported platform; waits for the device. */
    public byte[] toBytes() {
        byte[] bytes = new byte[Math.toIntExact(numel() * type().bytes())];
        if (bytes.length > 0) {
            new BytePointer(host(raw.scalar_type()).data_ptr()).get(bytes);
        }
        return bytes;
    }

    private org.bytedeco.pytorch.Tensor host(torch.ScalarType type) {
        return raw.detach().to(Device.CPU.raw(), type).contiguous();
    }

    // ---- arithmetic ----

    /** Element-wise sum. */
    public Tensor add(Tensor other) {
        return new Tensor(raw.add(other.raw));
    }

    /** Adds a number to each element. */
    public Tensor add(double value) {
        return new Tensor(raw.add(new Scalar(value)));
    }

    /** Adds in place. */
    public Tensor add_(Tensor other) {
        raw.add_(other.raw);
        return this;
    }

    /** Adds a number to each element in place. */
    public Tensor add_(double value) {
        raw.add_(new Scalar(value));
        return this;
    }

    /** Adds {@code scale·other} in place. */
    public Tensor add_(Tensor other, double scale) {
        raw.add_(other.raw, new Scalar(scale));
        return this;
    }

    /** Element-wise difference. */
    public Tensor sub(Tensor other) {
        return new Tensor(raw.sub(other.raw));
    }

    /** Element-wise product. */
    public Tensor mul(Tensor other) {
        return new Tensor(raw.mul(other.raw));
    }

    /** Multiplies each element by a number. */
    public Tensor mul(double value) {
        return new Tensor(raw.mul(new Scalar(value)));
    }

    /** Multiplies in place. */
    public Tensor mul_(double value) {
        raw.mul_(new Scalar(value));
        return this;
    }

    /** Multiplies in place. */
    public Tensor mul_(Tensor other) {
        raw.mul_(other.raw);
        return this;
    }

    /** Element-wise quotient. */
    public Tensor div(Tensor other) {
        return new Tensor(raw.div(other.raw));
    }

    /** Adds {@code scale·a·b} in place. */
    public Tensor addcmul_(Tensor a, Tensor b, double scale) {
        raw.addcmul_(a.raw, b.raw, new Scalar(scale));
        return this;
    }

    /** Adds {@code scale·a/b} in place. */
    public Tensor addcdiv_(Tensor a, Tensor b, double scale) {
        raw.addcdiv_(a.raw, b.raw, new Scalar(scale));
        return this;
    }

    /** Moves in place towards {@code end}: {@code this + weight·(end − this)}. */
    public Tensor lerp_(Tensor end, double weight) {
        raw.lerp_(end.raw, new Scalar(weight));
        return this;
    }

    /** Element-wise square. */
    public Tensor square() {
        return new Tensor(raw.mul(raw));
    }

    /** Element-wise square root. */
    public Tensor sqrt() {
        return new Tensor(raw.sqrt());
    }

    /** Element-wise exponential. */
    public Tensor exp() {
        return new Tensor(raw.exp());
    }

    /** Element-wise natural logarithm. */
    public Tensor log() {
        return new Tensor(raw.log());
    }

    /** Element-wise absolute value. */
    public Tensor abs() {
        return new Tensor(raw.abs());
    }

    /** No element below {@code low}. */
    public Tensor clampMin(double low) {
        return new Tensor(raw.clamp_min(new Scalar(low)));
    }

    /** 1 where an element is at least the other tensor's, 0 elsewhere, in this element type. */
    public Tensor greaterOrEqual(Tensor other) {
        return new Tensor(raw.ge(other.raw).to(type().raw));
    }

    /** Matrix product over the last two dimensions, batched over the others. */
    public Tensor matmul(Tensor other) {
        return new Tensor(raw.matmul(other.raw));
    }

    /** Softmax over one dimension. */
    public Tensor softmax(int dim) {
        return new Tensor(raw.softmax(dim));
    }

    // ---- reductions ----

    /** The sum of all elements. */
    public Tensor sum() {
        return new Tensor(raw.sum());
    }

    /** The sum over some dimensions. */
    public Tensor sum(boolean keepDims, long... dims) {
        return new Tensor(raw.sum(dims, keepDims, new ScalarTypeOptional()));
    }

    /** The mean of all elements. */
    public Tensor mean() {
        return new Tensor(raw.mean());
    }

    /** The mean over some dimensions. */
    public Tensor mean(boolean keepDims, long... dims) {
        return new Tensor(torch.mean(raw, dims, keepDims, new ScalarTypeOptional()));
    }

    /** The variance over some dimensions, by two passes; with Bessel's correction if {@code unbiased}. */
    public Tensor variance(boolean unbiased, boolean keepDims, long... dims) {
        return new Tensor(torch.var(raw, dims, unbiased, keepDims));
    }

    /** The Euclidean norm of all elements. */
    public Tensor norm() {
        return new Tensor(raw.norm());
    }

    /** The largest values along the last dimension, descending. */
    public TopK topK(int count) {
        var pair = raw.topk(count);
        return new TopK(new Tensor(pair.get0()), new Tensor(pair.get1()));
    }

    /** The {@code values} and their {@code indices} along the last dimension, each (…, count). */
    public record TopK(Tensor values, Tensor indices) {}

    // ---- shape ----

    /** The same elements in another shape without copying; one size may be −1. */
    public Tensor view(long... shape) {
        return new Tensor(raw.view(shape));
    }

    /** The same elements in another shape, copied where needed; one size may be −1. */
    public Tensor reshape(long... shape) {
        return new Tensor(raw.reshape(shape));
    }

    /** Dimensions reordered, without copying. */
    public Tensor permute(long... order) {
        return new Tensor(raw.permute(order));
    }

    /** Two dimensions swapped, without copying. */
    public Tensor transpose(long a, long b) {
        return new Tensor(raw.transpose(a, b));
    }

    /** {@code length} entries from {@code start} of one dimension, without copying. */
    public Tensor narrow(int dim, long start, long length) {
        return new Tensor(raw.narrow(dim, start, length));
    }

    /** All slices along a dimension, which is gone from them; views. */
    public Tensor[] unbind(int dim) {
        TensorVector slices = raw.unbind(dim);
        Tensor[] taken = new Tensor[(int) slices.size()];
        for (int i = 0; i < taken.length; i++) {
            taken[i] = new Tensor(new org.bytedeco.pytorch.Tensor(slices.get(i))); // an owner, not a place in the list
        }
        return taken;
    }

    /** One entry of a dimension, which disappears, without copying. */
    public Tensor select(int dim, long index) {
        return new Tensor(raw.select(dim, index));
    }

    /** The main diagonal of a matrix, without copying. */
    public Tensor diagonal() {
        return new Tensor(raw.diagonal());
    }

    /** A new dimension of size one. */
    public Tensor unsqueeze(int dim) {
        return new Tensor(raw.unsqueeze(dim));
    }

    /** Dimensions of size one repeated without copying; −1 keeps a size. */
    public Tensor expand(long... shape) {
        return new Tensor(raw.expand(shape));
    }

    /** The elements in row-major order, copied where needed. */
    public Tensor contiguous() {
        return new Tensor(raw.contiguous());
    }

    /** Rows of one dimension by index; {@code index} is a vector of {@link DType#I64}. */
    public Tensor indexSelect(int dim, Tensor index) {
        return new Tensor(raw.index_select(dim, index.raw));
    }

    /** A copy with rows of one dimension replaced: row {@code index[i]} becomes row i of {@code source}; each index once. */
    public Tensor indexCopy(int dim, Tensor index, Tensor source) {
        return new Tensor(raw.index_copy(dim, index.raw, source.raw));
    }

    /** Replaces rows of one dimension in place: row {@code index[i]} becomes row i of {@code source}; each index once. */
    public Tensor indexCopy_(int dim, Tensor index, Tensor source) {
        raw.index_copy_(dim, index.raw, source.raw);
        return this;
    }

    // ---- type, place, storage ----

    /** The values as another element type; itself if it has that type. */
    public Tensor to(DType type) {
        return type() == type ? this : new Tensor(raw.to(type.raw));
    }

    /** The values on another device; itself if it is there. */
    public Tensor to(Device device) {
        return device().equals(device) ? this : new Tensor(raw.to(device.raw(), raw.scalar_type()));
    }

    /** A copy with storage of its own, not part of any recorded graph. */
    public Tensor copy() {
        return new Tensor(raw.detach().clone());
    }

    /** Takes over the values of another tensor, converting type and device. */
    public Tensor copy_(Tensor source) {
        raw.copy_(source.raw);
        return this;
    }

    /** Takes over values in row-major order. */
    public Tensor copy_(float[] values) {
        try (Scope scope = Scope.open()) {
            return copy_(Tensors.of(values, shape()));
        }
    }

    /** Sets every element to zero. */
    public Tensor zero_() {
        raw.zero_();
        return this;
    }

    /** Fills with independent normal draws from the device's generator (see {@link Tensors#seed}). */
    public Tensor normal_(double mean, double deviation) {
        raw.normal_(mean, deviation, new org.bytedeco.pytorch.GeneratorOptional());
        return this;
    }

    /**
     * Fills with independent normal draws that are a function of {@code key} and the number of elements. On a GPU the generators of
     * all devices go on from there.
     */
    public Tensor normal_(double mean, double deviation, long key) {
        if (device().isCpu()) {
            raw.normal_(mean, deviation, new org.bytedeco.pytorch.GeneratorOptional(torch.make_generator_cpu(key)));
            return this;
        }
        torch.manual_seed(key); // a GPU's generator takes a seed without a kernel
        return normal_(mean, deviation);
    }

    /** Fills with ones of probability {@code p} and zeros from the device's generator (see {@link Tensors#seed}). */
    public Tensor bernoulli_(double p) {
        raw.bernoulli_(p, new org.bytedeco.pytorch.GeneratorOptional());
        return this;
    }

    // ---- differentiation ----

    /** The same storage, cut off from the recorded graph. */
    public Tensor detach() {
        return new Tensor(raw.detach());
    }

    /** Marks this leaf as one to differentiate by, or not. */
    public Tensor requiresGrad_(boolean on) {
        raw.set_requires_grad(on);
        return this;
    }

    /** Whether back-propagation reaches it: a leaf so marked, or computed from one while gradients are recorded. */
    public boolean requiresGrad() {
        return raw.requires_grad();
    }

    /** The gradient gathered so far; throws if there is none. */
    public Tensor grad() {
        org.bytedeco.pytorch.Tensor grad = raw.grad();
        if (!grad.defined()) {
            throw new IllegalStateException("this tensor has no gradient: nothing was back-propagated to it");
        }
        return new Tensor(grad);
    }

    /** Makes {@code gradient} the storage in which back-propagation adds this leaf's gradient. */
    public void gradient(Tensor gradient) {
        raw.mutable_grad().put(gradient.raw);
    }

    /** Back-propagates from this scalar into the gradients of all leaves it depends on. */
    public void backward() {
        raw.backward();
        Shutdown.betweenOperators();
    }

    /** Back-propagates a given gradient of this tensor. */
    public void backward(Tensor gradient) {
        raw.backward(gradient.raw, new BoolOptional(), false, new TensorArrayRefOptional());
        Shutdown.betweenOperators();
    }

    /**
     * Frees the memory now rather than with its scope. This tensor may not be used after that; others that share its storage stay
     * valid.
     */
    public void free() {
        raw.deallocate();
    }

    @Override
    public String toString() {
        return type() + Arrays.toString(shape());
    }
}
