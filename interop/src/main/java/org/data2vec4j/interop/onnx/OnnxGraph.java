package org.data2vec4j.interop.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.data2vec4j.core.ProtoMessage;

/** A graph as it grows: nodes in the order of computation, the tensors it holds, what goes in and what comes out. */
final class OnnxGraph {
    // GraphProto: node = 1, name = 2, initializer = 5, input = 11, output = 12
    private static final int INITIALIZER = 5;

    private final List<ProtoMessage> nodes = new ArrayList<>();
    private final List<ProtoMessage> inputs = new ArrayList<>();
    private final List<ProtoMessage> outputs = new ArrayList<>();
    private final List<Initializer> initializers = new ArrayList<>();
    private final Map<String, Value> constants = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();

    /** The field of an initializer in {@link #message}'s kind of message. */
    static int initializerField() {
        return INITIALIZER;
    }

    /** One of the runtime's inputs; dimensions are sizes or the names of sizes that vary. */
    Value input(String name, ElementType type, Object... dimensions) {
        inputs.add(described(name, type, dimensions));
        return taken(name);
    }

    /** Gives a value to the runtime, under a name. */
    void output(String name, Value value, ElementType type, Object... dimensions) {
        nodes.add(node("Identity", List.of(value), taken(name).name()));
        outputs.add(described(name, type, dimensions));
    }

    /** A node of one output. */
    Value op(String type, List<Value> arguments, Attribute... attributes) {
        Value result = taken(type.toLowerCase(Locale.ROOT) + "_" + nodes.size());
        nodes.add(node(type, arguments, result.name(), attributes));
        return result;
    }

    /** A tensor whose bytes are had when the file is written. */
    Value hold(Initializer initializer) {
        initializers.add(initializer);
        return taken(initializer.name());
    }

    /** A constant of whole numbers; those of equal values are one. */
    Value longs(long[] shape, long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        return constant(ElementType.I64, shape, bytes.array(), Arrays.toString(values));
    }

    /** A constant; those of equal values are one. */
    Value floats(long[] shape, float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return constant(ElementType.F32, shape, bytes.array(), Arrays.toString(values));
    }

    private Value constant(ElementType type, long[] shape, byte[] bytes, String values) {
        String key = type + Arrays.toString(shape) + values;
        Value known = constants.get(key);
        if (known == null) {
            known = hold(new Initializer("constant_" + constants.size(), type, shape.clone(), () -> bytes));
            constants.put(key, known);
        }
        return known;
    }

    /** The tensors that the graph holds. */
    List<Initializer> initializers() {
        return initializers;
    }

    /** ONNX's GraphProto but for the initializers. */
    ProtoMessage message(String name) {
        ProtoMessage message = new ProtoMessage();
        nodes.forEach(node -> message.message(1, node));
        message.text(2, name);
        inputs.forEach(input -> message.message(11, input));
        outputs.forEach(output -> message.message(12, output));
        return message;
    }

    private Value taken(String name) {
        if (!names.add(name)) {
            throw new IllegalArgumentException("two values are named " + name);
        }
        return new Value(name);
    }

    /** NodeProto: input = 1, output = 2, name = 3, op_type = 4, attribute = 5. */
    private static ProtoMessage node(String type, List<Value> arguments, String result, Attribute... attributes) {
        ProtoMessage node = new ProtoMessage();
        arguments.forEach(argument -> node.text(1, argument.name()));
        node.text(2, result).text(3, result).text(4, type);
        for (Attribute attribute : attributes) {
            node.message(5, attribute.message());
        }
        return node;
    }

    /** ValueInfoProto: name = 1, type = 2 {tensor_type = 1 {elem_type = 1, shape = 2 {dim = 1 {dim_value = 1, dim_param = 2}}}}. */
    private static ProtoMessage described(String name, ElementType type, Object... dimensions) {
        ProtoMessage shape = new ProtoMessage();
        for (Object dimension : dimensions) {
            shape.message(
                    1,
                    dimension instanceof Integer size
                            ? new ProtoMessage().integer(1, size)
                            : new ProtoMessage().text(2, dimension.toString()));
        }
        ProtoMessage tensor = new ProtoMessage().integer(1, type.number()).message(2, shape);
        return new ProtoMessage().text(1, name).message(2, new ProtoMessage().message(1, tensor));
    }
}
