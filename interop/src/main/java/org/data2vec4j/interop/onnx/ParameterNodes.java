package org.data2vec4j.interop.onnx;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.nn.Parameter;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Layers with a model's parameters, which are held under their own names; keeps account of those that found a place. */
final class ParameterNodes {
    private final Ops ops;
    private final Map<String, Parameter> parameters;
    private final Set<String> left;
    private final Map<String, Value> held = new HashMap<>();

    ParameterNodes(Ops ops, Map<String, Parameter> parameters) {
        this.ops = ops;
        this.parameters = parameters;
        this.left = new LinkedHashSet<>(parameters.keySet());
    }

    /** The arithmetic. */
    Ops ops() {
        return ops;
    }

    /** Whether the model has such a parameter. */
    boolean has(String name) {
        return parameters.containsKey(name);
    }

    /** The sizes of a parameter. */
    long[] shape(String name) {
        return parameterOf(name).shape();
    }

    /** A parameter as it is. */
    Value parameter(String name) {
        return changed(name, name, UnaryOperator.identity(), parameterOf(name).shape());
    }

    /** A parameter's values, to be built into the graph. */
    float[] values(String name) {
        left.remove(name);
        return parameterOf(name).value().toFloats();
    }

    /** Says that a parameter has its place inside another value. */
    Tensor within(String name) {
        left.remove(name);
        return parameterOf(name).value();
    }

    /** What becomes of a parameter, held under a name of its own. */
    Value changed(String name, String as, UnaryOperator<Tensor> change, long... shape) {
        left.remove(name);
        Tensor value = parameterOf(name).value();
        return held.computeIfAbsent(
                as, key -> ops.graph().hold(new Initializer(as, ElementType.F32, shape, () -> bytes(value, change))));
    }

    private static byte[] bytes(Tensor value, UnaryOperator<Tensor> change) {
        try (Scope scope = Scope.open()) {
            return Grad.noGrad(() -> change.apply(value).to(DType.F32).toBytes());
        }
    }

    private Parameter parameterOf(String name) {
        Parameter parameter = parameters.get(name);
        if (parameter == null) {
            throw new IllegalArgumentException("the model has no parameter " + name);
        }
        return parameter;
    }

    /** (…, in) to (…, out); the weight is held as (in, out). */
    Value linear(String prefix, Value x) {
        String weight = prefix + ".weight";
        long[] shape = parameterOf(weight).shape();
        Value product = ops.matmul(
                x, changed(weight, weight + ".transposed", value -> value.transpose(0, 1), shape[1], shape[0]));
        return ops.add(product, parameter(prefix + ".bias"));
    }

    Value layerNorm(String prefix, Value x, double epsilon) {
        return ops.layerNorm(x, parameter(prefix + ".weight"), parameter(prefix + ".bias"), epsilon);
    }

    /** Over (B, C, T), with as many zeros at both ends. */
    Value conv1d(Value x_BCT, Value weight, @Nullable Value bias, int stride, int padding, int groups) {
        return ops.graph()
                .op(
                        "Conv",
                        bias == null ? List.of(x_BCT, weight) : List.of(x_BCT, weight, bias),
                        Attribute.integers("strides", stride),
                        Attribute.integers("pads", padding, padding),
                        Attribute.integer("group", groups));
    }

    /** Throws unless every parameter has found its place: what is not computed must not be left out in silence. */
    void checkAllUsed() {
        if (!left.isEmpty()) {
            throw new UserException("the model's " + left.iterator().next() + " has no counterpart in the ONNX export"
                    + (left.size() == 1 ? "" : ", nor have " + (left.size() - 1) + " more parameters"));
        }
    }
}
