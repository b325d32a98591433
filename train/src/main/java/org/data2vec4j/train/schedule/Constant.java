package org.data2vec4j.train.schedule;

import org.data2vec4j.core.Kind;

/**
 * Linear warm-up, then the peak rate to the end.
 *
 * @param warmup warm-up updates, 0 or more
 */
@Kind("constant")
public record Constant(long warmup) implements Schedule {
    /** Throws a {@link org.data2vec4j.core.UserException} for a negative warm-up. */
    public Constant {
        Phase.checkWarmup(warmup);
    }

    @Override
    public double factor(long update, long updates) {
        long n = Phase.done(update, updates);
        return n < warmup ? (double) n / warmup : 1;
    }
}
