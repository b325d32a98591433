package org.data2vec4j.tensor;

import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.data2vec4j.core.UserException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits how long OpenMP's threads spin while they wait for work. By default GNU's library spins 300,000 times, about a millisecond; on
 * processors that have other work too, the threads then wait for each other while they keep each other from running, and an update takes
 * many times as long. The library reads the limit from its environment once, when it is loaded; Java cannot change its environment, so
 * C's {@code putenv} is called, by way of JavaCPP, which can call a function of one pointer. Nothing is done where the environment
 * already says how to wait, on other systems, or where {@link #PROPERTY} says {@link #UNCHANGED}.
 */
final class SpinLimit {
    /** A system property: the limit, or {@link #UNCHANGED}. */
    static final String PROPERTY = "data2vec4j.spinCount";

    static final String UNCHANGED = "unchanged";
    static final int DEFAULT = 1000;

    private static final String VARIABLE = "GOMP_SPINCOUNT";
    private static final String POLICY = "OMP_WAIT_POLICY";
    private static final Logger LOG = LoggerFactory.getLogger(SpinLimit.class);

    /** The environment points to them, so that they may not be freed. */
    private static final List<BytePointer> SETTINGS = new CopyOnWriteArrayList<>();

    private SpinLimit() {}

    /** Sets the limit for this process, before OpenMP's library is loaded. */
    static void set() {
        OptionalInt limit = wanted(System.getenv(), System.getProperty(PROPERTY));
        if (limit.isEmpty() || !Loader.getPlatform().startsWith("linux")) {
            return;
        }
        String text = VARIABLE + "=" + limit.getAsInt();
        if (put(text)) {
            LOG.info(
                    "set for this process: {}, so that OpenMP's waiting threads leave the processor to others; -D{}={} keeps"
                            + " OpenMP's own limit",
                    text,
                    PROPERTY,
                    UNCHANGED);
        } else {
            LOG.info(
                    "OpenMP's threads spin while they wait, which slows down a processor that has other work; start the program with"
                            + " {} in its environment, or on the class path",
                    text);
        }
    }

    /** The limit to set; empty if it stays as it is. */
    static OptionalInt wanted(Map<String, String> environment, @Nullable String property) {
        if (environment.containsKey(VARIABLE) || environment.containsKey(POLICY) || UNCHANGED.equals(property)) {
            return OptionalInt.empty();
        }
        if (property == null) {
            return OptionalInt.of(DEFAULT);
        }
        try {
            int limit = Integer.parseInt(property);
            if (limit >= 0) {
                return OptionalInt.of(limit);
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new UserException(
                "-D" + PROPERTY + " is '" + property + "'; allowed: a number, 0 or more, or " + UNCHANGED);
    }

    /** Sets a variable of the process's environment, {@code NAME=value}; false if that cannot be done here. */
    static boolean put(String variable) {
        Loader.load(Pointer.class);
        Pointer function = Loader.addressof("putenv");
        if (function == null || function.isNull()) {
            return false;
        }
        BytePointer text = new BytePointer(variable).retainReference();
        try {
            // JavaCPP calls the function that frees memory with its address; no other of its calls takes an address.
            Constructor<?> made = Class.forName(Pointer.class.getName() + "$NativeDeallocator")
                    .getDeclaredConstructor(Pointer.class, long.class, long.class);
            made.setAccessible(true);
            Object call = made.newInstance(text, text.address(), function.address());
            call.getClass().getMethod("deallocate").invoke(call);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.debug("the environment cannot be changed: a module encapsulates JavaCPP", e);
            text.close();
            return false;
        }
        return SETTINGS.add(text);
    }
}
