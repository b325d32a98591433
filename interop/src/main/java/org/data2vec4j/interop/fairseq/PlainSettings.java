package org.data2vec4j.interop.fairseq;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.data2vec4j.core.UserException;
import org.data2vec4j.interop.pickle.PickleObject;
import org.jspecify.annotations.Nullable;

/**
 * Settings out of a pickle as containers with text keys and plain values; anything else becomes its name. What a pickle holds may
 * contain itself, or one list so often that a copy would fill any memory: such settings are refused.
 */
final class PlainSettings {
    private static final int MOST_DEPTH = 100;
    private static final int MOST_VALUES = 1_000_000;

    private int values;

    private PlainSettings() {}

    static @Nullable Object of(@Nullable Object value) {
        return new PlainSettings().plain(value, 0);
    }

    private @Nullable Object plain(@Nullable Object value, int depth) {
        if (++values > MOST_VALUES || depth > MOST_DEPTH) {
            throw new UserException("its settings contain themselves, or repeat without end; refused");
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, item) -> copy.put(String.valueOf(key), plain(item, depth + 1)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(item -> copy.add(plain(item, depth + 1)));
            return copy;
        }
        if (value instanceof PickleObject object) {
            return object.arguments().size() == 1 ? plain(object.arguments().get(0), depth + 1) : object.type();
        }
        if (value == null || value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        return "(" + value.getClass().getSimpleName() + ")";
    }
}
