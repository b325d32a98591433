package org.data2vec4j.model.teacher;

import org.data2vec4j.core.Check;

/**
 * The teacher's decay τ at each update, a pure function of it: a straight line from {@code start} to {@code end} over
 * {@code annealUpdates}, then {@code end} (data2vec, arXiv 2202.03555, section 3.2, "teacher parameterization"). The teacher moves to
 * {@code τ·teacher + (1−τ)·student}.
 *
 * @param start τ of the first update, 0 to 1
 * @param end τ from update {@code annealUpdates} on, 0 to 1; 1 freezes the teacher
 * @param annealUpdates updates on the way, 0 or more; 0 is {@code end} from the start
 */
public record DecaySchedule(double start, double end, long annealUpdates) {
    /** Throws a {@link org.data2vec4j.core.UserException} naming the field and its legal range. */
    public DecaySchedule {
        Check.inRange("decay.start", start, 0, 1);
        Check.inRange("decay.end", end, 0, 1);
        Check.that(annealUpdates >= 0, "decay.annealUpdates is " + annealUpdates + "; allowed: 0 or more");
    }

    /**
     * τ for the move after an update.
     *
     * @param update 0-based index of that update
     * @throws IllegalArgumentException if it is negative
     */
    public double decay(long update) {
        if (update < 0) {
            throw new IllegalArgumentException("update " + update);
        }
        return update >= annealUpdates ? end : start + (end - start) * ((double) update / annealUpdates);
    }
}
