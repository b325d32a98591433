package org.data2vec4j.config;

import java.lang.reflect.Array;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.data2vec4j.core.AsText;
import org.jspecify.annotations.Nullable;

/** A node as a value of a Java type; any mismatch is an error at the node's place that names the path. */
public final class Binder {
    private Binder() {}

    /**
     * The value of a node.
     *
     * @param path dotted keys from the top of the recipe; empty at the top
     * @param fallback where the enclosing record has defaults, its value here: settings the node leaves out come from it
     */
    public static Object bind(Type type, ConfigNode node, String path, @Nullable Object fallback) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            return List.copyOf(items(generic.getActualTypeArguments()[0], type, node, path));
        }
        if (!(type instanceof Class<?> raw)) {
            throw new IllegalArgumentException(path + ": recipes cannot hold a " + type);
        }
        if (raw.isArray()) {
            return array(raw, node, path);
        }
        if (raw.isAnnotationPresent(AsText.class)) {
            return Scalars.word(raw, node, path);
        }
        if (raw.isRecord()) {
            if (!(node instanceof ConfigNode.Mapping mapping)) {
                throw Expected.error(path, Expected.of(raw), node);
            }
            return new RecordBinder(raw, mapping, path, false).bind(fallback);
        }
        if (Kinds.isChoice(raw)) {
            return kind(raw, node, path, fallback);
        }
        return Scalars.bind(raw, node, path);
    }

    private static Object kind(Class<?> sealed, ConfigNode node, String path, @Nullable Object fallback) {
        Map<String, Class<?>> kinds = Kinds.of(sealed);
        ConfigNode.Mapping mapping;
        ConfigNode kind;
        if (node instanceof ConfigNode.Mapping found) {
            mapping = found;
            kind = found.get(Kinds.KEY);
        } else if (node instanceof ConfigNode.Scalar scalar && !scalar.isNull()) {
            mapping = new ConfigNode.Mapping(Map.of(), node.source());
            kind = node;
        } else {
            throw Expected.error(path, Expected.of(sealed), node);
        }
        if (kind == null) {
            if (fallback == null) {
                throw node.source()
                        .error("missing key " + Names.join(path, Kinds.KEY) + "; allowed: "
                                + String.join(", ", kinds.keySet()));
            }
            return new RecordBinder(fallback.getClass(), mapping, path, true).bind(fallback);
        }
        String name = (String) Scalars.bind(String.class, kind, Names.join(path, Kinds.KEY));
        Class<?> type = kinds.get(Names.snake(name));
        if (type == null) {
            throw kind.source()
                    .error((path.isEmpty() ? "" : path + ": ") + "unknown kind " + name
                            + Names.hintAndAllowed(name, kinds.keySet()));
        }
        return new RecordBinder(type, mapping, path, true).bind(fallback);
    }

    private static Object array(Class<?> type, ConfigNode node, String path) {
        List<Object> items = items(type.getComponentType(), type, node, path);
        Object array = Array.newInstance(type.getComponentType(), items.size());
        for (int i = 0; i < items.size(); i++) {
            Array.set(array, i, items.get(i));
        }
        return array;
    }

    private static List<Object> items(Type element, Type list, ConfigNode node, String path) {
        if (!(node instanceof ConfigNode.Sequence sequence)) {
            throw Expected.error(path, Expected.of(list), node);
        }
        List<Object> items = new ArrayList<>();
        for (ConfigNode item : sequence.items()) {
            items.add(bind(element, item, Names.join(path, String.valueOf(items.size())), null));
        }
        return items;
    }
}
