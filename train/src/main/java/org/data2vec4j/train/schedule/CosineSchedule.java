package org.data2vec4j.train.schedule;

import org.data2vec4j.core.Check;
import org.data2vec4j.core.Kind;

/**
 * Linear warm-up, then half a cosine from the peak to the floor at the last update (SGDR without restarts, Loshchilov and Hutter,
 * arXiv 1608.03983, equation 5): the schedule of data2vec 2.0.
 *
 * @param warmup warm-up updates, 0 or more
 * @param floor final share of the peak rate, 0 to 1
 */
@Kind("cosine")
public record CosineSchedule(long warmup, double floor) implements Schedule {
    /** Throws a {@link org.data2vec4j.core.UserException} naming the field and its legal range. */
    public CosineSchedule {
        SchedulePhase.checkWarmup(warmup);
        Check.inRange("floor", floor, 0, 1);
    }

    @Override
    public double factor(long update, long updates) {
        long n = SchedulePhase.done(update, updates);
        if (n <= warmup) {
            return (double) n / warmup;
        }
        double rest = (1 + StrictMath.cos(Math.PI * SchedulePhase.progress(n, warmup, updates))) / 2;
        return floor + (1 - floor) * rest;
    }
}
