package org.data2vec4j.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.data2vec4j.core.SettingException;
import org.data2vec4j.core.UserException;
import org.jspecify.annotations.Nullable;

/** One mapping as one record: every key must be a component, every component needs a key or a default. */
final class RecordBinder {
    private final Class<?> type;
    private final ConfigNode.Mapping mapping;
    private final String path;
    private final List<String> keys = new ArrayList<>();

    RecordBinder(Class<?> type, ConfigNode.Mapping mapping, String path, boolean hasKind) {
        this.type = type;
        this.mapping = mapping;
        this.path = path;
        if (hasKind) {
            keys.add(Kinds.KEY);
        }
        for (RecordComponent component : type.getRecordComponents()) {
            Map<String, Class<?>> sections = Sections.of(component);
            if (sections.isEmpty()) {
                keys.add(Names.snake(component.getName()));
            } else {
                keys.addAll(sections.keySet());
            }
        }
    }

    /** The record; settings the mapping leaves out come from {@code fallback} if it is of this class, else from defaults(). */
    Object bind(@Nullable Object fallback) {
        mapping.entries().forEach((key, value) -> {
            if (!keys.contains(key)) {
                throw value.source().error("unknown key " + Names.join(path, key) + Names.hintAndAllowed(key, keys));
            }
        });
        Object defaults = type.isInstance(fallback) ? fallback : defaults();
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = value(components[i], defaults);
        }
        try {
            return construct(type, values);
        } catch (UserException e) {
            throw located(e, values);
        }
    }

    private @Nullable Object value(RecordComponent component, @Nullable Object defaults) {
        String key = Names.snake(component.getName());
        boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        Object fallback = defaults == null ? null : read(component, defaults);
        Map<String, Class<?>> sections = Sections.of(component);
        if (!sections.isEmpty()) {
            return Sections.bind(sections, mapping, path, fallback);
        }
        ConfigNode node = mapping.get(key);
        if (node == null) {
            if (defaults == null && !nullable) {
                throw mapping.source()
                        .error("missing key " + Names.join(path, key) + "; expected "
                                + Expected.of(component.getGenericType()));
            }
            return fallback;
        }
        if (nullable && node instanceof ConfigNode.Scalar scalar && scalar.isNull()) {
            return null;
        }
        return Binder.bind(component.getGenericType(), node, Names.join(path, key), fallback);
    }

    private @Nullable Object defaults() {
        try {
            Method method = type.getDeclaredMethod("defaults");
            if (!Modifier.isStatic(method.getModifiers())
                    || !Modifier.isPublic(method.getModifiers())
                    || method.getReturnType() != type) {
                return null;
            }
            method.setAccessible(true);
            return method.invoke(null);
        } catch (NoSuchMethodException e) {
            return null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + ".defaults() failed", e);
        }
    }

    /** The value of a component of a record. */
    static @Nullable Object read(RecordComponent component, Object record) {
        try {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }

    /** A record of its components' values; throws what its constructor complains of. */
    static Object construct(Class<?> type, @Nullable Object[] values) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < types.length; i++) {
            types[i] = components[i].getType();
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof UserException refused) {
                throw refused;
            }
            throw new IllegalStateException(type.getName() + " cannot be made: " + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no constructor for " + type.getName(), e);
        }
    }

    /** A constructor's refusal at the place of what it complains of. */
    private UserException located(UserException refused, @Nullable Object[] values) {
        if (refused instanceof SettingException setting) {
            Blame blame = new Blame(path, mapping);
            if (blame.follow(setting.component(), type, values)) {
                return new UserException(blame.place() + ": " + blame.key() + " " + setting.complaint(), refused);
            }
        }
        String text = (path.isEmpty() ? "" : path + ": ") + refused.getMessage();
        return new UserException(mapping.source() + ": " + text, refused);
    }
}
