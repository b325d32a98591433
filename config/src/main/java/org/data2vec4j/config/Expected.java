package org.data2vec4j.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.data2vec4j.core.AsText;
import org.data2vec4j.core.UserException;

/** Says in words what a setting must be and what was found instead. */
final class Expected {
    private static final Map<Class<?>, String> SINGULAR = Map.of(
            int.class,
            "an integer",
            Integer.class,
            "an integer",
            long.class,
            "an integer",
            Long.class,
            "an integer",
            double.class,
            "a number",
            Double.class,
            "a number",
            boolean.class,
            "true or false",
            Boolean.class,
            "true or false",
            String.class,
            "text");

    private Expected() {}

    /** {@code path: expected an integer, found abc}, at the place of the node. */
    static UserException error(String path, String expected, ConfigNode found) {
        String where = path.isEmpty() ? "" : path + ": ";
        return found.source().error(where + "expected " + expected + ", found " + found(found));
    }

    /** What a node is, for a message. */
    static String found(ConfigNode node) {
        if (node instanceof ConfigNode.Scalar scalar) {
            if (scalar.isNull()) {
                return "nothing";
            }
            return scalar.quoted() ? "the text " + YamlWriter.quote(scalar.text()) : scalar.text();
        }
        return node instanceof ConfigNode.Sequence ? "a list" : "a mapping";
    }

    /** What a type takes: {@code an integer}, {@code one of layer, batch}, {@code a list of numbers}. */
    static String of(Type type) {
        if (type instanceof ParameterizedType generic) {
            return "a list" + elements(generic.getActualTypeArguments()[0]);
        }
        Class<?> raw = (Class<?>) type;
        String scalar = SINGULAR.get(raw);
        if (scalar != null) {
            return scalar;
        }
        AsText word = raw.getAnnotation(AsText.class);
        if (word != null) {
            return word.value();
        }
        if (raw.isArray()) {
            return "a list" + elements(raw.getComponentType());
        }
        if (raw.isEnum()) {
            return "one of " + String.join(", ", constants(raw));
        }
        if (Kinds.isChoice(raw)) {
            return "a mapping with kind: " + String.join(" | ", Kinds.of(raw).keySet());
        }
        return "a mapping";
    }

    /** The names of an enum's constants as recipes write them. */
    static List<String> constants(Class<?> type) {
        List<String> names = new ArrayList<>();
        for (Object constant : type.getEnumConstants()) {
            names.add(Names.snake(((Enum<?>) constant).name()));
        }
        return names;
    }

    private static String elements(Type type) {
        String one = of(type);
        return switch (one) {
            case "an integer" -> " of integers";
            case "a number" -> " of numbers";
            case "a mapping" -> " of mappings";
            case "text" -> " of texts";
            default -> "; each " + one;
        };
    }
}
