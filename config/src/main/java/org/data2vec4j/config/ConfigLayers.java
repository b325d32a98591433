package org.data2vec4j.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One configuration laid over another. Keys of mappings merge, anything else replaces; but a mapping that changes its
 * {@code kind} replaces the whole mapping, and a scalar {@code k} counts as {@code {kind: k}} beside a mapping. Numbered keys
 * over a list replace its items.
 */
public final class ConfigLayers {
    private ConfigLayers() {}

    /** {@code base} with what {@code over} says in its place. */
    static ConfigNode merge(String path, ConfigNode base, ConfigNode over) {
        if (over instanceof ConfigNode.Mapping top) {
            if (base instanceof ConfigNode.Mapping bottom) {
                return mergeMappings(path, bottom, top);
            }
            if (base instanceof ConfigNode.Sequence list) {
                return replaceItems(path, list, top);
            }
            if (kind(base) != null) {
                return mergeMappings(path, new ConfigNode.Mapping(Map.of(Kinds.KEY, base), base.source()), top);
            }
        } else if (base instanceof ConfigNode.Mapping bottom
                && kind(over) != null
                && over instanceof ConfigNode.Scalar
                && sameKind(bottom.get(Kinds.KEY), over)) {
            return base;
        }
        return over;
    }

    /** {@code base} with {@code over} in its place, at the top of a recipe. */
    public static ConfigNode.Mapping mergeMappings(ConfigNode.Mapping base, ConfigNode.Mapping over) {
        return mergeMappings("", base, over);
    }

    private static ConfigNode.Mapping mergeMappings(String path, ConfigNode.Mapping base, ConfigNode.Mapping over) {
        ConfigNode before = base.get(Kinds.KEY);
        ConfigNode after = over.get(Kinds.KEY);
        if (before != null && after != null && !sameKind(before, after)) {
            return over;
        }
        Map<String, ConfigNode> entries = new LinkedHashMap<>(base.entries());
        over.entries().forEach((key, value) -> {
            ConfigNode below = entries.get(key);
            entries.put(key, below == null ? value : merge(Names.join(path, key), below, value));
        });
        return new ConfigNode.Mapping(entries, base.source());
    }

    private static ConfigNode replaceItems(String path, ConfigNode.Sequence list, ConfigNode.Mapping numbered) {
        List<ConfigNode> items = new ArrayList<>(list.items());
        numbered.entries().forEach((key, value) -> {
            int index = key.matches("[0-9]{1,6}") ? Integer.parseInt(key) : -1;
            if (index < 0 || index >= items.size()) {
                throw value.source()
                        .error(path + " is a list of " + items.size() + " and has no item " + key
                                + (items.isEmpty() ? "" : "; allowed: 0 to " + (items.size() - 1)));
            }
            items.set(index, merge(Names.join(path, key), items.get(index), value));
        });
        return new ConfigNode.Sequence(items, list.source());
    }

    private static boolean sameKind(@Nullable ConfigNode a, ConfigNode b) {
        String name = kind(b);
        return a != null && name != null && name.equals(kind(a));
    }

    /** The name a scalar may stand for: not nothing, not a number, not a truth value. */
    private static @Nullable String kind(ConfigNode node) {
        boolean isName = node instanceof ConfigNode.Scalar scalar
                && !scalar.isNull()
                && Scalars.number(scalar) == null
                && Scalars.bool(scalar) == null;
        return isName ? Names.snake(((ConfigNode.Scalar) node).text()) : null;
    }
}
