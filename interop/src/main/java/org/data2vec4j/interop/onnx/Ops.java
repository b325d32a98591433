package org.data2vec4j.interop.onnx;

import static org.data2vec4j.interop.onnx.Attribute.integer;
import static org.data2vec4j.interop.onnx.Attribute.integers;

import java.util.Arrays;
import java.util.List;

/** The arithmetic of a graph in ONNX's operators, as opset {@value #OPSET} has them. */
final class Ops {
    /** The version of ONNX's operators that is used: the first with layer normalisation. */
    static final int OPSET = 17;

    private static final long[] SCALAR = {};

    private final OnnxGraph graph;

    Ops(OnnxGraph graph) {
        this.graph = graph;
    }

    /** The graph that grows. */
    OnnxGraph graph() {
        return graph;
    }

    // ---- constants ----

    Value scalar(float value) {
        return graph.floats(SCALAR, value);
    }

    Value scalar(long value) {
        return graph.longs(SCALAR, value);
    }

    /** (n) whole numbers. */
    Value vector(long... values) {
        return graph.longs(new long[] {values.length}, values);
    }

    // ---- element by element, with broadcasting ----

    Value add(Value a, Value b) {
        return graph.op("Add", List.of(a, b));
    }

    Value sub(Value a, Value b) {
        return graph.op("Sub", List.of(a, b));
    }

    Value mul(Value a, Value b) {
        return graph.op("Mul", List.of(a, b));
    }

    /** Whole numbers are divided towards 0. */
    Value div(Value a, Value b) {
        return graph.op("Div", List.of(a, b));
    }

    /** What is left of a division of whole numbers. */
    Value mod(Value a, Value b) {
        return graph.op("Mod", List.of(a, b));
    }

    /** A function of one argument, by ONNX's name. */
    Value of(String function, Value x) {
        return graph.op(function, List.of(x));
    }

    Value where(Value condition, Value then, Value otherwise) {
        return graph.op("Where", List.of(condition, then, otherwise));
    }

    Value less(Value a, Value b) {
        return graph.op("Less", List.of(a, b));
    }

    Value clamped(Value x, long low, long high) {
        return graph.op("Clip", List.of(x, scalar(low), scalar(high)));
    }

    Value floats(Value x) {
        return graph.op("Cast", List.of(x), integer("to", ElementType.F32.number()));
    }

    /** Exact; the form in which runtimes find it, since the opset has no operator for it. */
    Value gelu(Value x) {
        Value erf = of("Erf", div(x, scalar((float) Math.sqrt(2))));
        return mul(mul(x, add(erf, scalar(1f))), scalar(0.5f));
    }

    // ---- along dimensions ----

    Value matmul(Value a, Value b) {
        return graph.op("MatMul", List.of(a, b));
    }

    Value softmax(Value x) {
        return graph.op("Softmax", List.of(x), integer("axis", -1));
    }

    /** The sum over one dimension. */
    Value sum(Value x, int axis, boolean keep) {
        return graph.op("ReduceSum", List.of(x, vector(axis)), integer("keepdims", keep ? 1 : 0));
    }

    /** The mean over one dimension. */
    Value mean(Value x, int axis, boolean keep) {
        return graph.op("ReduceMean", List.of(x), integers("axes", axis), integer("keepdims", keep ? 1 : 0));
    }

    /** Over the last dimension, without learned factors unless given. */
    Value layerNorm(Value x, Value gain, Value shift, double epsilon) {
        return graph.op(
                "LayerNormalization",
                List.of(x, gain, shift),
                integer("axis", -1),
                Attribute.number("epsilon", epsilon));
    }

    /** {@link #layerNorm(Value, Value, Value, double)} without learned factors, over so many features. */
    Value layerNorm(Value x, int width, double epsilon) {
        float[] ones = new float[width];
        Arrays.fill(ones, 1);
        long[] shape = {width};
        return layerNorm(x, graph.floats(shape, ones), graph.floats(shape, new float[width]), epsilon);
    }

    // ---- shapes ----

    /** (1): the size of a dimension. */
    Value size(Value x, int axis) {
        return graph.op("Shape", List.of(x), integer("start", axis), integer("end", axis + 1L));
    }

    /** () instead of (1). */
    Value scalarOf(Value one) {
        return graph.op("Squeeze", List.of(one, vector(0)));
    }

    /** (n): 0, 1, and so on. */
    Value range(Value scalarCount) {
        return graph.op("Range", List.of(scalar(0L), scalarCount, scalar(1L)));
    }

    /** 0 keeps a size, −1 is what is left. */
    Value reshape(Value x, long... sizes) {
        return graph.op("Reshape", List.of(x, vector(sizes)));
    }

    Value transpose(Value x, long... order) {
        return graph.op("Transpose", List.of(x), integers("perm", order));
    }

    Value unsqueeze(Value x, long... axes) {
        return graph.op("Unsqueeze", List.of(x, vector(axes)));
    }

    Value concat(int axis, Value... parts) {
        return graph.op("Concat", List.of(parts), integer("axis", axis));
    }

    /** Copies along dimensions of size 1, to a shape given as (n) whole numbers. */
    Value expand(Value x, Value shape) {
        return graph.op("Expand", List.of(x, shape));
    }

    /** One place of a dimension, which goes, or rows of a table. */
    Value gather(Value x, Value index, int axis) {
        return graph.op("Gather", List.of(x, index), integer("axis", axis));
    }

    /** Places from {@code start} up to {@code end}, negative ones counted from behind. */
    Value slice(Value x, int axis, long start, long end) {
        return graph.op("Slice", List.of(x, vector(start), vector(end), vector(axis)));
    }

    /** Zeros before the first place of dimensions: so many for each. */
    Value zerosBefore(Value x, long... counts) {
        long[] pads = Arrays.copyOf(counts, 2 * counts.length);
        return graph.op("Pad", List.of(x, vector(pads), scalar(0f)));
    }
}
