package org.data2vec4j.interop.onnx;

import org.data2vec4j.core.ProtoMessage;

/** A constant setting of a node: ONNX's AttributeProto. */
record Attribute(ProtoMessage message) {
    // AttributeProto: name = 1, f = 2, i = 3, ints = 8, type = 20
    private static final int FLOAT = 1;
    private static final int INT = 2;
    private static final int INTS = 7;

    static Attribute number(String name, double value) {
        return new Attribute(
                new ProtoMessage().text(1, name).number(2, (float) value).integer(20, FLOAT));
    }

    static Attribute integer(String name, long value) {
        return new Attribute(new ProtoMessage().text(1, name).integer(3, value).integer(20, INT));
    }

    static Attribute integers(String name, long... values) {
        ProtoMessage message = new ProtoMessage().text(1, name);
        for (long value : values) {
            message.integer(8, value);
        }
        return new Attribute(message.integer(20, INTS));
    }
}
