package org.data2vec4j.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.data2vec4j.core.OneOf;
import org.data2vec4j.core.SettingException;
import org.data2vec4j.core.UserException;
import org.jspecify.annotations.Nullable;

/** Copies of configuration records with some settings changed, each by its key as recipes have it. */
public final class Configs {
    private Configs() {}

    /**
     * A copy with one setting changed.
     *
     * @param key such as {@code train.updates}; a section's name stands for the setting it is, as in {@code data2vec2.clones}
     * @param value of the setting's type, or what a recipe would say there: a number, a word, null
     * @throws UserException if there is no such key, or a record refuses the value
     */
    public static <T extends Record> T with(T config, String key, @Nullable Object value) {
        Object copy = copy(config, List.of(key.split("\\.", -1)), key, value);
        @SuppressWarnings("unchecked") // copies are of the same class
        T same = (T) copy;
        return same;
    }

    /** A copy with several settings changed, one after the other in the map's order. */
    public static <T extends Record> T with(T config, Map<String, ?> settings) {
        T copy = config;
        for (Map.Entry<String, ?> setting : settings.entrySet()) {
            copy = with(copy, setting.getKey(), setting.getValue());
        }
        return copy;
    }

    private static Object copy(Record config, List<String> path, String key, @Nullable Object value) {
        RecordComponent[] components = config.getClass().getRecordComponents();
        @Nullable Object[] values = new Object[components.length];
        List<String> names = new ArrayList<>();
        int found = -1;
        for (int i = 0; i < components.length; i++) {
            values[i] = RecordBinder.read(components[i], config);
            names.add(name(components[i], values[i]));
            found = names.get(i).equals(path.get(0))
                            || Names.snake(components[i].getName()).equals(path.get(0))
                    ? i
                    : found;
        }
        if (found < 0) {
            throw new UserException("unknown key " + key + Names.hintAndAllowed(path.get(0), names));
        }
        Object before = values[found];
        if (path.size() == 1) {
            values[found] = value(components[found].getGenericType(), before, key, value);
        } else if (before instanceof Record inner) {
            try {
                values[found] = copy(inner, path.subList(1, path.size()), key, value);
            } catch (SettingException e) {
                throw e.within(names.get(found));
            }
        } else {
            throw new UserException("unknown key " + key + "; " + names.get(found) + " has no settings of its own");
        }
        return RecordBinder.construct(config.getClass(), values);
    }

    private static String name(RecordComponent component, @Nullable Object value) {
        return value != null && component.isAnnotationPresent(OneOf.class)
                ? Sections.name(value.getClass())
                : Names.snake(component.getName());
    }

    private static @Nullable Object value(Type type, @Nullable Object before, String key, @Nullable Object value) {
        Class<?> raw = (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
        if (value == null || raw.isInstance(value)) {
            return value;
        }
        ConfigNode node = new ConfigNode.Scalar(String.valueOf(value), false, new Source(key, 0));
        return Binder.bind(type, node, "", before);
    }
}
