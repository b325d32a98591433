package org.data2vec4j.train.schedule;

import org.data2vec4j.core.Kind;

/**
 * Linear warm-up, then the peak rate to the end.
 *
 * @param warmup warm-up updates, 0 or more
 */
@Kind("constant")
public record ConstantSchedule(long warmup) implements Schedule {
    /** Throws a {@link org.data2vec4j.core.UserException} for a negative warm-up. */
    public ConstantSchedule {
        SchedulePhase.checkWarmup(warmup);
    }

    @Override
    public double factor(long update, long updates) {
        long n = SchedulePhase.done(update, updates);
        return n < warmup ? (double) n / warmup : 1;
    }
}
