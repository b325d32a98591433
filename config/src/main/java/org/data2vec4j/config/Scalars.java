package org.data2vec4j.config;

import java.lang.reflect.InvocationTargetException;
import java.util.regex.Pattern;
import org.data2vec4j.core.UserException;
import org.jspecify.annotations.Nullable;

/** Single values: YAML 1.2 integers and floats, with {@code _} between digits allowed; {@code true} and {@code false}; enums. */
public final class Scalars {
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9](_?[0-9])*");
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(\\.[0-9](_?[0-9])*|[0-9](_?[0-9])*(\\.([0-9](_?[0-9])*)?)?)([eE][-+]?[0-9]+)?");

    private Scalars() {}

    /** The node as a value of a primitive (or its box), a string or an enum. */
    public static Object bind(Class<?> type, ConfigNode node, String path) {
        if (!(node instanceof ConfigNode.Scalar scalar) || scalar.isNull()) {
            throw Expected.error(path, Expected.of(type), node);
        }
        Object value = null;
        if (type == String.class) {
            value = scalar.text();
        } else if (type.isEnum()) {
            return constant(type, scalar, path);
        } else if (type == int.class || type == Integer.class) {
            Long wide = integer(scalar, path, Integer.MIN_VALUE, Integer.MAX_VALUE);
            value = wide == null ? null : wide.intValue();
        } else if (type == long.class || type == Long.class) {
            value = integer(scalar, path, Long.MIN_VALUE, Long.MAX_VALUE);
        } else if (type == double.class || type == Double.class) {
            value = number(scalar);
        } else if (type == boolean.class || type == Boolean.class) {
            value = bool(scalar);
        } else {
            throw new IllegalArgumentException(path + ": recipes cannot hold a " + type.getName());
        }
        if (value == null) {
            throw Expected.error(path, Expected.of(type), node);
        }
        return value;
    }

    /** The node as a record that is written as one word. */
    static Object word(Class<?> type, ConfigNode node, String path) {
        if (!(node instanceof ConfigNode.Scalar scalar) || scalar.isNull()) {
            throw Expected.error(path, Expected.of(type), node);
        }
        try {
            return type.getMethod("parse", String.class).invoke(null, scalar.text());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof UserException) {
                throw Expected.error(path, Expected.of(type), node);
            }
            throw new IllegalStateException(type.getName() + ".parse failed", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " has no public static parse(String)", e);
        }
    }

    /** The number a plain scalar stands for, or null. */
    static @Nullable Double number(ConfigNode.Scalar scalar) {
        if (scalar.quoted()) {
            return null;
        }
        return switch (scalar.text()) {
            case ".inf", "+.inf" -> Double.POSITIVE_INFINITY;
            case "-.inf" -> Double.NEGATIVE_INFINITY;
            case ".nan" -> Double.NaN;
            default -> {
                if (!NUMBER.matcher(scalar.text()).matches()) {
                    yield null;
                }
                double value = Double.parseDouble(scalar.text().replace("_", ""));
                yield Double.isInfinite(value) ? null : value;
            }
        };
    }

    /** The truth value a plain scalar stands for, or null. */
    static @Nullable Boolean bool(ConfigNode.Scalar scalar) {
        if (scalar.quoted()) {
            return null;
        }
        return switch (scalar.text()) {
            case "true", "True", "TRUE" -> true;
            case "false", "False", "FALSE" -> false;
            default -> null;
        };
    }

    private static @Nullable Long integer(ConfigNode.Scalar scalar, String path, long low, long high) {
        if (scalar.quoted() || !INTEGER.matcher(scalar.text()).matches()) {
            return null;
        }
        try {
            long value = Long.parseLong(scalar.text().replace("_", ""));
            if (value >= low && value <= high) {
                return value;
            }
        } catch (NumberFormatException e) {
            // more than 64 bits: out of range below
        }
        throw Expected.error(path, "an integer from " + low + " to " + high, scalar);
    }

    private static Object constant(Class<?> type, ConfigNode.Scalar scalar, String path) {
        String name = Names.snake(scalar.text());
        for (Object constant : type.getEnumConstants()) {
            if (Names.snake(((Enum<?>) constant).name()).equals(name)) {
                return constant;
            }
        }
        throw new UserException(Expected.error(path, Expected.of(type), scalar).getMessage()
                + Names.hint(scalar.text(), Expected.constants(type)));
    }
}
