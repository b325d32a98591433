package org.data2vec4j.config;

import java.lang.reflect.RecordComponent;
import java.util.List;
import org.data2vec4j.core.OneOf;
import org.jspecify.annotations.Nullable;

/** The way from a record that refuses its settings to the setting it complains of, as the recipe's user writes and knows it. */
final class Blame {
    private String key;
    private @Nullable ConfigNode node;
    private Source place;

    /** Begins at the refused record's own key and mapping. */
    Blame(String key, ConfigNode.Mapping mapping) {
        this.key = key;
        node = mapping;
        place = mapping.source();
    }

    /** The whole key, such as {@code data2vec2.targets.layers}. */
    String key() {
        return key;
    }

    /** Where it was written; where it was not, where the mapping around it was. */
    Source place() {
        return place;
    }

    /**
     * Goes down to a component, a component of that and so on.
     *
     * @param components their names with dots between
     * @param type the refused record
     * @param values of its components
     * @return whether the first is a component at all; where a later one is none, the way ends there
     */
    boolean follow(String components, Class<?> type, @Nullable Object[] values) {
        String[] parts = components.split("\\.", -1);
        Object value = step(parts[0], type.getRecordComponents(), values);
        if (value == null) {
            return false;
        }
        for (int i = 1; i < parts.length && value != null; i++) {
            value = inside(parts[i], value);
        }
        return true;
    }

    private @Nullable Object inside(String part, Object value) {
        if (value instanceof Record record) {
            RecordComponent[] components = record.getClass().getRecordComponents();
            @Nullable Object[] values = new Object[components.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = RecordBinder.read(components[i], record);
            }
            return step(part, components, values);
        }
        if (value instanceof List<?> list && part.matches("[0-9]{1,6}") && Integer.parseInt(part) < list.size()) {
            enter(part);
            return list.get(Integer.parseInt(part));
        }
        return null;
    }

    /** Enters a component; answers its value (something for null), or null where there is no such component. */
    private @Nullable Object step(String part, RecordComponent[] components, @Nullable Object[] values) {
        for (int i = 0; i < components.length; i++) {
            if (Names.snake(components[i].getName()).equals(Names.snake(part))) {
                Object value = values[i] == null ? "" : values[i];
                enter(
                        components[i].isAnnotationPresent(OneOf.class)
                                ? Sections.name(value.getClass())
                                : Names.snake(part));
                return value;
            }
        }
        return null;
    }

    private void enter(String name) {
        key = Names.join(key, name);
        node = node instanceof ConfigNode.Mapping mapping ? mapping.get(name) : item(name);
        if (node != null) {
            place = node.source();
        }
    }

    private @Nullable ConfigNode item(String name) {
        return node instanceof ConfigNode.Sequence list
                        && name.matches("[0-9]{1,6}")
                        && Integer.parseInt(name) < list.items().size()
                ? list.items().get(Integer.parseInt(name))
                : null;
    }
}
