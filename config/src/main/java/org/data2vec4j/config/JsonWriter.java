package org.data2vec4j.config;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Resolved configuration as JSON, with the keys that recipes have, for readers that know no YAML. */
public final class JsonWriter {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonWriter() {}

    /** The JSON text of a record, every component of it written out, on one line. */
    public static String write(Record config) {
        return JsonMapper.shared().writeValueAsString(node(RecordTree.of(config)));
    }

    private static JsonNode node(ConfigNode config) {
        if (config instanceof ConfigNode.Mapping mapping) {
            ObjectNode object = NODES.objectNode();
            for (Map.Entry<String, ConfigNode> entry : mapping.entries().entrySet()) {
                object.set(entry.getKey(), node(entry.getValue()));
            }
            return object;
        }
        if (config instanceof ConfigNode.Sequence list) {
            ArrayNode array = NODES.arrayNode();
            list.items().forEach(item -> array.add(node(item)));
            return array;
        }
        return scalar((ConfigNode.Scalar) config);
    }

    private static JsonNode scalar(ConfigNode.Scalar scalar) {
        String text = scalar.text();
        if (scalar.quoted()) {
            return NODES.stringNode(text);
        }
        if (scalar.isNull()) {
            return NODES.nullNode();
        }
        if (text.equals("true") || text.equals("false")) {
            return NODES.booleanNode(text.equals("true"));
        }
        if (text.matches("-?\\d+")) {
            return NODES.numberNode(Long.parseLong(text));
        }
        return text.matches("-?\\d+\\.\\d+(e[-+]?\\d+)?")
                ? NODES.numberNode(Double.parseDouble(text))
                : NODES.stringNode(text);
    }
}
