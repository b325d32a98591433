package org.data2vec4j.interop.pickle;

import java.util.List;
import org.data2vec4j.core.UserException;
import org.data2vec4j.tensor.DType;
import org.jspecify.annotations.Nullable;

/**
 * A storage that tensors are views of.
 *
 * @param key its name in the file
 * @param type its element type
 * @param elements how many it has
 */
record Storage(String key, DType type, long elements) {
    /** The storage that a persistent id {@code ('storage', class, key, place, elements, …)} describes. */
    static Storage of(List<@Nullable Object> id) {
        if (id.size() < 5
                || !"storage".equals(id.get(0))
                || !(id.get(1) instanceof PickleGlobal global)
                || global.storage() == null
                || !(id.get(2) instanceof String || id.get(2) instanceof Long)
                || !(id.get(4) instanceof Long elements)
                || elements < 0) {
            throw new UserException("the pickle refers to something outside that is no storage of tensors; refused");
        }
        String key = String.valueOf(id.get(2));
        if (!key.matches("[0-9A-Za-z_-]{1,64}")) {
            throw new UserException("the pickle names a storage '" + key.replaceAll("[^ -~]", "?")
                    + "'; allowed: letters, digits, _ and -, so that it cannot lead out of the file");
        }
        return new Storage(key, global.storage(), elements);
    }
}
