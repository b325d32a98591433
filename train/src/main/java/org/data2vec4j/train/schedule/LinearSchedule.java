package org.data2vec4j.train.schedule;

import org.data2vec4j.core.Check;
import org.data2vec4j.core.Kind;

/**
 * Linear warm-up, then a straight line from the peak to the floor at the last update: polynomial decay of power 1 (BERT,
 * arXiv 1810.04805, appendix A.2; RoBERTa).
 *
 * @param warmup warm-up updates, 0 or more
 * @param floor final share of the peak rate, 0 to 1
 */
@Kind("linear")
public record LinearSchedule(long warmup, double floor) implements Schedule {
    /** Throws a {@link org.data2vec4j.core.UserException} naming the field and its legal range. */
    public LinearSchedule {
        SchedulePhase.checkWarmup(warmup);
        Check.inRange("floor", floor, 0, 1);
    }

    @Override
    public double factor(long update, long updates) {
        long n = SchedulePhase.done(update, updates);
        if (n <= warmup) {
            return (double) n / warmup;
        }
        return floor + (1 - floor) * (1 - SchedulePhase.progress(n, warmup, updates));
    }
}
