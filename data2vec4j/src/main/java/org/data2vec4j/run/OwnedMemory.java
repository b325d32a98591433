package org.data2vec4j.run;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.data2vec4j.tensor.Scope;

/**
 * The native memory of an object that outlives the call that made it, such as a loaded model. It belongs to no thread: any number of
 * threads may {@link #use} it at once, and any thread may close it. {@link #close} waits for the uses in flight; a use after it is an
 * {@link IllegalStateException} that names the owner. The memory of an owner that nobody can reach any more is freed by a
 * {@link Cleaner}.
 */
public final class OwnedMemory implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();

    private final String owner;
    private final Scope scope;
    private final Cleaner.Cleanable memory;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private volatile boolean closed;

    private OwnedMemory(String owner) {
        this.owner = owner;
        this.scope = Scope.open();
        this.memory = CLEANER.register(this, scope::free);
    }

    /**
     * Builds an object whose tensors this memory holds: all that are made on this thread while it is built. If building it fails, they
     * are freed at once.
     *
     * @param owner what messages call it, such as a run directory
     * @param build gets the memory that the object has to keep
     */
    public static <T> T build(String owner, Function<OwnedMemory, T> build) {
        OwnedMemory owned = new OwnedMemory(owner);
        boolean built = false;
        try {
            T result = build.apply(owned);
            built = true;
            return result;
        } finally {
            owned.scope.detach();
            if (!built) {
                owned.close();
            }
        }
    }

    /**
     * What {@code work} computes with this memory, which is not freed before it has ended.
     *
     * @throws IllegalStateException if the owner is closed
     */
    public <T> T use(Supplier<T> work) {
        ReentrantReadWriteLock.ReadLock inUse = lock.readLock();
        inUse.lock();
        try {
            requireOpen();
            return work.get();
        } finally {
            inUse.unlock();
            Reference.reachabilityFence(this); // else the cleaner could free it during the work
        }
    }

    /**
     * Refuses an owner that is closed.
     *
     * @throws IllegalStateException if it is
     */
    public void requireOpen() {
        if (closed) {
            throw new IllegalStateException(owner + " is closed");
        }
    }

    /**
     * Frees the memory when the last use in flight has ended; a second call does nothing.
     *
     * @throws IllegalStateException if this thread is inside a use, which it would wait for
     */
    @Override
    public void close() {
        if (lock.getReadHoldCount() > 0) {
            throw new IllegalStateException(owner + " cannot be closed by one of its own calls");
        }
        ReentrantReadWriteLock.WriteLock alone = lock.writeLock();
        alone.lock();
        try {
            closed = true;
            memory.clean();
        } finally {
            alone.unlock();
        }
    }
}
