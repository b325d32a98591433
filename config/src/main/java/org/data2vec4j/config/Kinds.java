package org.data2vec4j.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.data2vec4j.core.Kind;
import org.data2vec4j.core.Registered;
import org.data2vec4j.core.Registry;

/** The names by which a recipe picks a record of a sealed interface, or of a port whose records are registered. */
final class Kinds {
    /** The key that holds the name. */
    static final String KEY = "kind";

    private Kinds() {}

    /** Whether a type is such an interface. */
    static boolean isChoice(Class<?> type) {
        // An enum whose constants have bodies is sealed too.
        return type.isAnnotationPresent(Registered.class) || (type.isSealed() && !type.isEnum());
    }

    /** Every record below an interface by its name, in the order of the {@code permits} clause or of the registry. */
    static Map<String, Class<?>> of(Class<?> sealed) {
        Map<String, Class<?>> kinds = new LinkedHashMap<>();
        collect(sealed, sealed, kinds);
        return kinds;
    }

    /** The name of a record where its sealed interface is configured. */
    static String name(Class<?> sealed, Class<?> type) {
        Kind explicit = type.getAnnotation(Kind.class);
        if (explicit != null) {
            return explicit.value();
        }
        String name = Names.snake(type.getSimpleName());
        String whole = Names.snake(sealed.getSimpleName());
        String first = whole.substring(0, (whole + "_").indexOf('_'));
        String last = whole.substring(whole.lastIndexOf('_') + 1);
        for (String suffix : new String[] {"_" + whole, "_" + last, "_" + first}) {
            if (name.endsWith(suffix)) {
                return name.substring(0, name.length() - suffix.length());
            }
        }
        return name;
    }

    private static void collect(Class<?> sealed, Class<?> type, Map<String, Class<?>> kinds) {
        if (type.isAnnotationPresent(Registered.class)) {
            Registry.kinds(type).forEach(record -> collect(sealed, record, kinds));
        } else if (type.isRecord()) {
            Class<?> other = kinds.put(name(sealed, type), type);
            if (other != null) {
                throw new IllegalArgumentException(type + " and " + other + " have the same kind");
            }
        } else if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                collect(sealed, permitted, kinds);
            }
        } else {
            throw new IllegalArgumentException(type + " is permitted by " + sealed + " but is not a record");
        }
    }
}
