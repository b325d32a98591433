package org.data2vec4j.tensor;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The way out of a JVM that still computes. When a JVM ends (a signal, {@code System.exit}), the C library takes libtorch's global
 * objects apart while other threads may be inside an operator, which then use what is gone and crash. So the shutdown holds each
 * thread that has an open {@link Scope} between two operators, and waits, for a bounded time, until all are held.
 *
 * <p>Who needs the computation to come to an end of its own after a signal, to write a checkpoint, delays the holding by
 * {@link #delay()}.
 */
public final class Shutdown {
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final ConcurrentMap<Thread, Integer> COMPUTING = new ConcurrentHashMap<>();
    private static final Set<Thread> HELD = ConcurrentHashMap.newKeySet();
    private static final AtomicInteger DELAYS = new AtomicInteger();
    private static volatile boolean begun;

    private Shutdown() {}

    /** The end of a delay. */
    public interface Delay extends AutoCloseable {
        @Override
        void close();
    }

    /** Lets threads compute on after the shutdown has begun, until the result is closed. */
    public static Delay delay() {
        DELAYS.incrementAndGet();
        AtomicInteger open = new AtomicInteger(1);
        return () -> DELAYS.addAndGet(-open.getAndSet(0));
    }

    /** Called once, when the native libraries have been loaded. */
    static void install() {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(Shutdown::hold, "hold-computation"));
        } catch (IllegalStateException e) {
            begun = true; // first used while the JVM ends
        }
    }

    /** A thread has opened a scope. */
    static void opened() {
        COMPUTING.merge(Thread.currentThread(), 1, Integer::sum);
        betweenOperators();
    }

    /** A thread has closed a scope. */
    static void closed() {
        COMPUTING.computeIfPresent(Thread.currentThread(), (thread, open) -> open > 1 ? open - 1 : null);
    }

    /** Holds this thread if the JVM is on its way out; called after every operator. */
    static void betweenOperators() {
        if (begun) {
            beHeld();
        }
    }

    private static void beHeld() {
        if (!COMPUTING.containsKey(Thread.currentThread()) || !HELD.add(Thread.currentThread())) {
            return; // a hook's own computation, or one that was held and had to go on
        }
        sleep(LONGEST.toMillis());
    }

    private static void hold() {
        while (DELAYS.get() > 0) {
            sleep(5);
        }
        begun = true;
        long end = System.nanoTime() + LONGEST.toNanos();
        while (System.nanoTime() < end && !allHeld()) {
            sleep(2);
        }
    }

    private static boolean allHeld() {
        for (Map.Entry<Thread, Integer> entry : COMPUTING.entrySet()) {
            Thread thread = entry.getKey();
            // For other threads, as System.exit does for this one.
            boolean waits = thread.getState() == Thread.State.WAITING;
            if (thread.isAlive() && !waits && !HELD.contains(thread)) {
                return false;
            }
        }
        return true;
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
