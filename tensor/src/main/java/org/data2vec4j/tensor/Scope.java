package org.data2vec4j.tensor;

import java.util.function.Function;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;

/**
 * A lifetime of native memory: every tensor made on this thread while the scope is the innermost one is freed when it closes,
 * normally or by an exception. Open one per training step; {@link #keep} hands a result to the scope around it. A tensor made
 * with no scope open lives until the garbage collector finds it. Scopes belong to one thread and close in the order opened.
 */
public final class Scope implements AutoCloseable {
    private final PointerScope raw;

    private Scope() {
        Native.load();
        raw = new PointerScope();
        Shutdown.opened();
    }

    /** A new innermost scope of this thread. */
    public static Scope open() {
        return new Scope();
    }

    /**
     * Builds an object in a scope of its own, which the object keeps and closes when it is closed. If building it fails, the scope is
     * closed at once, so that a failure leaves neither native memory nor an open scope on this thread behind.
     *
     * @param build gets the scope that the object has to keep
     */
    public static <T> T owned(Function<Scope, T> build) {
        Scope scope = open();
        boolean built = false;
        try {
            T result = build.apply(scope);
            built = true;
            return result;
        } finally {
            if (!built) {
                scope.close();
            }
        }
    }

    /** Hands a tensor made in this scope to the enclosing one (or to the garbage collector if there is none) and returns it. */
    public Tensor keep(Tensor tensor) {
        PointerScope outer = enclosing();
        if (outer != null) {
            outer.attach(tensor.raw); // detaching first would free a tensor whose only owner is this scope
        } else {
            tensor.raw.retainReference(); // outlives this scope's own reference
        }
        return tensor;
    }

    /**
     * Computes one tensor. Where nothing is recorded for gradients, everything else that the work makes is freed when it is done: a
     * record would keep it alive in any case.
     */
    public static Tensor lean(Supplier<Tensor> work) {
        if (Grad.isRecorded()) {
            return work.get();
        }
        try (Scope pass = open()) {
            return pass.keep(work.get());
        }
    }

    private @org.jspecify.annotations.Nullable PointerScope enclosing() {
        var scopes = PointerScope.getScopeIterator();
        if (scopes == null) {
            return null;
        }
        boolean passed = false;
        while (scopes.hasNext()) {
            PointerScope scope = scopes.next();
            if (passed) {
                return scope;
            }
            passed = scope == raw;
        }
        return null;
    }

    @Override
    public void close() {
        raw.close();
        Shutdown.closed();
    }

    /** Takes the scope off this thread and leaves its tensors alive, until {@link #free}. */
    public void detach() {
        raw.extend();
        raw.close(); // of an extended scope, this only takes it off the thread
        Shutdown.closed();
    }

    /** Frees what a detached scope holds, from any thread. */
    public void free() {
        raw.close();
    }
}
