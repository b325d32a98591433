package org.data2vec4j.train.schedule;

/**
 * The share of the peak learning rate at each update, a pure function of the update: above 0 at the first, never above 1,
 * continuous where phases meet, and at the last update exactly the schedule's final value.
 *
 * <p>All laws run on n = update + 1, the updates done once this one is made: a warm-up of w updates is n/w and reaches 1 at n = w;
 * what follows ends at n = updates. A run shorter than its warm-up ends inside it.
 */
public sealed interface Schedule permits ConstantSchedule, CosineSchedule, LinearSchedule, TriStageSchedule {
    /**
     * The factor on the peak rate.
     *
     * @param update 0-based index of the update about to be made; from {@code updates} on as the last
     * @param updates updates in the whole run, at least 1
     * @throws IllegalArgumentException if {@code update} is negative or {@code updates} below 1
     */
    double factor(long update, long updates);
}
