package org.data2vec4j.config;

import java.lang.reflect.Array;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.data2vec4j.core.AsText;
import org.data2vec4j.core.OneOf;
import org.jspecify.annotations.Nullable;

/** The way back: a record as the nodes of a recipe that says everything. */
final class RecordTree {
    private static final Source SOURCE = new Source("resolved config", 0);

    private RecordTree() {}

    /** The mapping that binds to an equal record. */
    static ConfigNode.Mapping of(Record config) {
        return mapping(config, config.getClass());
    }

    private static ConfigNode.Mapping mapping(Record config, Class<?> declared) {
        Map<String, ConfigNode> entries = new LinkedHashMap<>();
        if (Kinds.isChoice(declared)) {
            entries.put(Kinds.KEY, plain(Kinds.name(declared, config.getClass())));
        }
        for (RecordComponent component : config.getClass().getRecordComponents()) {
            Object value = RecordBinder.read(component, config);
            if (value instanceof Record chosen && component.isAnnotationPresent(OneOf.class)) {
                entries.put(Sections.name(chosen.getClass()), mapping(chosen, chosen.getClass()));
            } else {
                entries.put(Names.snake(component.getName()), node(value, component.getGenericType()));
            }
        }
        return new ConfigNode.Mapping(entries, SOURCE);
    }

    private static ConfigNode node(@Nullable Object value, Type declared) {
        if (value == null) {
            return plain("null");
        }
        if (value instanceof String text) {
            return new ConfigNode.Scalar(text, true, SOURCE);
        }
        if (value instanceof Double number) {
            return plain(number(number));
        }
        if (value instanceof Integer || value instanceof Long || value instanceof Boolean) {
            return plain(value.toString());
        }
        if (value instanceof Enum<?> constant) {
            return plain(Names.snake(constant.name()));
        }
        if (value.getClass().isAnnotationPresent(AsText.class)) {
            return plain(value.toString());
        }
        if (value instanceof Record nested) {
            return mapping(nested, (Class<?>) declared);
        }
        List<ConfigNode> items = new ArrayList<>();
        if (value instanceof List<?> list && declared instanceof ParameterizedType generic) {
            list.forEach(item -> items.add(node(item, generic.getActualTypeArguments()[0])));
        } else if (value.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(value); i++) {
                items.add(node(Array.get(value, i), value.getClass().getComponentType()));
            }
        } else {
            throw new IllegalArgumentException("recipes cannot hold a " + declared.getTypeName());
        }
        return new ConfigNode.Sequence(items, SOURCE);
    }

    private static ConfigNode.Scalar plain(String text) {
        return new ConfigNode.Scalar(text, false, SOURCE);
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return ".nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? ".inf" : "-.inf";
        }
        return Double.toString(value).toLowerCase(Locale.ROOT);
    }
}
