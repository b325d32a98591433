package org.data2vec4j.config;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.data2vec4j.core.Kind;
import org.data2vec4j.core.OneOf;
import org.data2vec4j.core.Registry;
import org.jspecify.annotations.Nullable;

/** The sections of which a recipe must have exactly one, named by the kinds of the records that they become. */
final class Sections {
    private Sections() {}

    /** The records that a component may be, by the name of their section; empty where it is no such component. */
    static Map<String, Class<?>> of(RecordComponent component) {
        Map<String, Class<?>> kinds = new LinkedHashMap<>();
        if (component.isAnnotationPresent(OneOf.class)) {
            for (Class<? extends Record> type : Registry.kinds(component.getType())) {
                Class<?> other = kinds.put(name(type), type);
                if (other != null) {
                    throw new IllegalArgumentException(
                            type + " and " + other + " are both registered as " + name(type));
                }
            }
        }
        return kinds;
    }

    /** The section of a record. */
    static String name(Class<?> type) {
        Kind kind = type.getAnnotation(Kind.class);
        if (kind == null) {
            throw new IllegalArgumentException(type + " can be chosen by a section but has no kind");
        }
        return kind.value();
    }

    /** Binds the one section that is there. */
    static Object bind(
            Map<String, Class<?>> kinds, ConfigNode.Mapping mapping, String path, @Nullable Object fallback) {
        List<String> found = new ArrayList<>();
        kinds.keySet().stream().filter(name -> mapping.get(name) != null).forEach(found::add);
        String allowed = "allowed: exactly one of " + String.join(", ", kinds.keySet());
        if (found.isEmpty()) {
            throw mapping.source().error("missing section; " + allowed);
        }
        if (found.size() > 1) {
            ConfigNode second = Objects.requireNonNull(mapping.get(found.get(1)));
            throw second.source().error("sections " + String.join(" and ", found) + " exclude each other; " + allowed);
        }
        String name = found.get(0);
        ConfigNode node = Objects.requireNonNull(mapping.get(name));
        Class<?> type = Objects.requireNonNull(kinds.get(name));
        return Binder.bind(type, node, Names.join(path, name), fallback);
    }
}
