package org.data2vec4j.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keys and words of recipes that are called something else now. What is written under an old name is read as if it were written under
 * the new one, layer by layer, so that old and new names can be mixed in files that extend each other and on the command line. Immutable.
 */
public final class KeyRenames {
    /** No renames. */
    public static final KeyRenames NONE = new KeyRenames(List.of());

    private final List<Rename> renames;

    private KeyRenames(List<Rename> renames) {
        this.renames = List.copyOf(renames);
    }

    /**
     * One rename.
     *
     * @param path the old key from the top of the recipe; {@code *} stands for any one key
     * @param word the old word that is renamed where the key has it; empty where the key itself is renamed
     * @param now the new key from the top, or the new word
     */
    private record Rename(List<String> path, String word, String now) {
        boolean matches(List<String> keys) {
            boolean same = keys.size() == path.size();
            for (int i = 0; same && i < path.size(); i++) {
                same = path.get(i).equals("*") || path.get(i).equals(keys.get(i));
            }
            return same;
        }
    }

    /** These renames and one of a key: {@code key("train.observe_every", "train.diagnose_every")}. */
    public KeyRenames key(String old, String now) {
        return and(new Rename(keys(old), "", now));
    }

    /** These renames and one of a word that a key, whose name is the new one, can have. */
    public KeyRenames word(String key, String old, String now) {
        return and(new Rename(keys(key), old, now));
    }

    private static List<String> keys(String path) {
        return List.of(path.split("\\.", -1));
    }

    private KeyRenames and(Rename rename) {
        List<Rename> more = new ArrayList<>(renames);
        more.add(rename);
        return new KeyRenames(more);
    }

    /**
     * A layer of configuration with its old names replaced.
     *
     * @param told gets {@code "old is now new"} for every old name that was found
     */
    public ConfigNode.Mapping apply(ConfigNode.Mapping layer, Set<String> told) {
        ConfigNode.Mapping renamed = new ConfigNode.Mapping(Map.of(), layer.source());
        for (Map.Entry<String, ConfigNode> entry : layer.entries().entrySet()) {
            renamed = ConfigLayers.mergeMappings(renamed, at(List.of(entry.getKey()), entry.getValue(), told));
        }
        return renamed;
    }

    /** A key and its value as a layer of their own, under their new names. */
    private ConfigNode.Mapping at(List<String> keys, ConfigNode value, Set<String> told) {
        for (Rename rename : renames) {
            if (rename.word().isEmpty() && rename.matches(keys)) {
                told.add(String.join(".", keys) + " is now " + rename.now());
                return at(keys(rename.now()), value, told);
            }
        }
        if (!(value instanceof ConfigNode.Mapping mapping) || mapping.entries().isEmpty()) {
            return layer(keys, word(keys, value, told));
        }
        ConfigNode.Mapping merged = layer(keys, new ConfigNode.Mapping(Map.of(), value.source()));
        for (Map.Entry<String, ConfigNode> entry : mapping.entries().entrySet()) {
            List<String> inside = new ArrayList<>(keys);
            inside.add(entry.getKey());
            merged = ConfigLayers.mergeMappings(merged, at(inside, entry.getValue(), told));
        }
        return merged;
    }

    private ConfigNode word(List<String> keys, ConfigNode value, Set<String> told) {
        for (Rename rename : renames) {
            if (value instanceof ConfigNode.Scalar scalar
                    && !rename.word().isEmpty()
                    && Names.snake(scalar.text()).equals(rename.word())
                    && rename.matches(keys)) {
                told.add(String.join(".", keys) + "=" + rename.word() + " is now " + rename.now());
                return new ConfigNode.Scalar(rename.now(), scalar.quoted(), scalar.source());
            }
        }
        return value;
    }

    private static ConfigNode.Mapping layer(List<String> keys, ConfigNode value) {
        ConfigNode node = value;
        for (int i = keys.size() - 1; i >= 0; i--) {
            Map<String, ConfigNode> entries = new LinkedHashMap<>();
            entries.put(keys.get(i), node);
            node = new ConfigNode.Mapping(entries, value.source());
        }
        return (ConfigNode.Mapping) node;
    }
}
