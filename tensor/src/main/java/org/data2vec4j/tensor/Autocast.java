package org.data2vec4j.tensor;

import java.util.function.Supplier;

/**
 * The element type in which this thread's products (linear layers, attention, convolutions) compute. Parameters, residual
 * streams, norms' statistics and losses stay in float32. The former type always comes back, also after an exception.
 */
public final class Autocast {
    private static final ThreadLocal<DType> TYPE = ThreadLocal.withInitial(() -> DType.F32);

    private Autocast() {}

    /** The element type of products on this thread; {@link DType#F32} unless inside {@link #with}. */
    public static DType type() {
        return TYPE.get();
    }

    /** Runs the work with its products in {@code type}. */
    public static <T> T with(DType type, Supplier<T> work) {
        DType before = TYPE.get();
        TYPE.set(type);
        try {
            return work.get();
        } finally {
            TYPE.set(before);
        }
    }
}
