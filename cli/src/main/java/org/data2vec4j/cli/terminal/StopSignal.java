package org.data2vec4j.cli.terminal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.data2vec4j.run.StopRequest;
import org.data2vec4j.tensor.Shutdown;

/**
 * Turns SIGINT and SIGTERM into a request: the JVM's shutdown waits until training has written its checkpoint and said so. A
 * second signal does not wait longer than the first; SIGKILL loses what the newest checkpoint does not have.
 */
public final class StopSignal implements StopRequest {
    private final AtomicBoolean requested = new AtomicBoolean();
    private final CountDownLatch done = new CountDownLatch(1);
    private final Shutdown.Delay delay = Shutdown.delay();
    private final Thread hook = new Thread(this::request, "stop-signal");

    /** Begins to listen. */
    public StopSignal() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void request() {
        requested.set(true);
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether a stop was asked for. */
    @Override
    public boolean getAsBoolean() {
        return requested.get();
    }

    /** Lets the JVM go, and stops listening if it was not asked to stop. */
    @Override
    public void close() {
        done.countDown();
        delay.close();
        if (!requested.get()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The JVM has begun to shut down meanwhile: the hook has been let go above.
            }
        }
    }
}
