package org.data2vec4j.model.teacher;

import org.data2vec4j.core.Check;

/**
 * The teacher: what it averages, and its decay τ at each update, a pure function of it: a straight line from {@code start} to
 * {@code end} over {@code annealUpdates}, then {@code end} (data2vec, arXiv 2202.03555, section 3.2, "teacher parameterization").
 * The teacher moves to {@code τ·teacher + (1−τ)·student}.
 *
 * @param start τ of the first update, 0 to 1
 * @param end τ from update {@code annealUpdates} on, 0 to 1; 1 freezes the teacher
 * @param annealUpdates updates on the way, 0 or more; 0 is {@code end} from the start
 * @param part what of the student it averages; the rest is the student's own
 */
public record TeacherConfig(double start, double end, long annealUpdates, TeacherPart part) {
    /** Throws a {@link org.data2vec4j.core.UserException} naming the field and its legal range. */
    public TeacherConfig {
        Check.inRange("start", start, 0, 1);
        Check.inRange("end", end, 0, 1);
        Check.notNegative("anneal_updates", annealUpdates);
    }

    /** A teacher of the whole encoder, as published for images. */
    public TeacherConfig(double start, double end, long annealUpdates) {
        this(start, end, annealUpdates, TeacherPart.ENCODER);
    }

    /** ViT-B's. */
    public static TeacherConfig defaults() {
        return new TeacherConfig(0.9998, 0.99999, 100_000);
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
