package org.data2vec4j.train.schedule;

import org.data2vec4j.core.Check;

/** Where an update lies: the arithmetic the schedules share. */
final class SchedulePhase {
    private SchedulePhase() {}

    /** n: the updates done once this one is made, 1 to {@code updates}. */
    static long done(long update, long updates) {
        if (update < 0 || updates < 1) {
            throw new IllegalArgumentException("update " + update + " of " + updates);
        }
        return Math.min(update, updates - 1) + 1;
    }

    /** How much of the way from {@code begin} to {@code end} is covered at n: 0 to 1. */
    static double progress(long n, long begin, long end) {
        return (double) (n - begin) / (end - begin);
    }

    static void checkWarmup(long warmup) {
        Check.notNegative("warmup", warmup);
    }
}
