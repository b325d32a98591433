package org.data2vec4j.tensor;

import org.jspecify.annotations.Nullable;

/**
 * Counts the floating-point operations of matrix products (linear layers, attention, convolutions), a multiplication and an addition
 * being two. A product that is recorded counts its backward pass too: one more of its size for each operand that has a gradient. What
 * is not a product (norms, activations, optimiser) counts nothing: it moves memory, and the counts are for the product rate.
 */
public final class Flops {
    private static final ThreadLocal<@Nullable Flops> COUNTING = new ThreadLocal<>();

    private long total;

    private Flops() {}

    /** The operations of everything that this thread does in the work. */
    public static long of(Runnable work) {
        Flops before = COUNTING.get();
        Flops counter = new Flops();
        COUNTING.set(counter);
        try {
            work.run();
            return counter.total;
        } finally {
            COUNTING.set(before);
        }
    }

    /** Counts a product of {@code forward} operations, if somebody counts. */
    static void product(long forward, Tensor a, Tensor b) {
        Flops counter = COUNTING.get();
        if (counter != null) {
            boolean recorded = Grad.isRecorded();
            int backward = recorded ? (a.requiresGrad() ? 1 : 0) + (b.requiresGrad() ? 1 : 0) : 0;
            counter.total += forward * (1 + backward);
        }
    }
}
