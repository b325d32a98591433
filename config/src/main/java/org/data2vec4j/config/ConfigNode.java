package org.data2vec4j.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A piece of configuration that knows where it was written. Immutable. */
public sealed interface ConfigNode {
    /** The place to name in a message; for the value of a key, the key's line. */
    Source source();

    /**
     * A single value, not yet given a type.
     *
     * @param text the value without quotes
     * @param quoted whether it was in quotes, and so is text whatever it looks like
     */
    record Scalar(String text, boolean quoted, Source source) implements ConfigNode {
        /** Whether this is YAML's null: nothing, {@code ~} or {@code null}. */
        public boolean isNull() {
            return !quoted && (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null"));
        }
    }

    /** A list. */
    record Sequence(List<ConfigNode> items, Source source) implements ConfigNode {
        /** Copies the list. */
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** Keys and values, in the order written. */
    record Mapping(Map<String, ConfigNode> entries, Source source) implements ConfigNode {
        /** Copies the map. */
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        /** The value of a key, or null. */
        public @Nullable ConfigNode get(String key) {
            return entries.get(key);
        }
    }
}
