package org.data2vec4j.data;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.data2vec4j.core.Check;

/**
 * A fixed number of daemon threads that prepare samples. Closing is cooperative: tasks look at {@link #closing()} between
 * samples, because an interrupt would close the shared file channels under other readers.
 */
public final class WorkerThreads implements AutoCloseable {
    private static final int CLOSE_SECONDS = 30;

    private final ExecutorService pool;
    private volatile boolean closing;

    /** Starts {@code count} threads named {@code name-1}, {@code name-2}, …; {@code count} is positive. */
    public WorkerThreads(String name, int count) {
        AtomicInteger number = new AtomicInteger();
        pool = Executors.newFixedThreadPool(Check.positive("workers", count), task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Runs a task after those submitted before it have started; once closing, it ends with a cancellation instead. */
    public <T> Future<T> submit(Callable<T> task) {
        return pool.submit(() -> {
            if (closing) {
                throw new CancellationException("the loader was closed");
            }
            return task.call();
        });
    }

    /**
     * Waits for a task: what it returned, or the error or exception it threw. A closed loader and an interrupt are
     * {@link IllegalStateException}s.
     */
    public static <T> T await(Future<T> task) {
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw unwrapped(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a batch", e);
        } catch (CancellationException e) {
            throw new IllegalStateException("the loader was closed", e);
        }
    }

    private static RuntimeException unwrapped(ExecutionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        if (e.getCause() instanceof CancellationException closed) {
            return new IllegalStateException("the loader was closed", closed);
        }
        return e.getCause() instanceof RuntimeException failure
                ? failure
                : new IllegalStateException("a loader thread failed", e.getCause());
    }

    /** True from the moment {@link #close()} is called: running tasks should return. */
    public boolean closing() {
        return closing;
    }

    /** Ends every task and joins the threads; returns when the samples in work are done. */
    @Override
    public void close() {
        closing = true;
        pool.shutdown();
        try {
            pool.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
