package org.data2vec4j.evaluation.metric;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.core.UserException;

/**
 * GLUE's average as the data2vec papers print it: the mean over the eight tasks of each one's {@link GlueScore#main}, so MNLI's two
 * sets count once.
 *
 * @param value the mean over the tasks at hand; the GLUE average if none is missing, NaN without any
 * @param missing the tasks without a score
 */
public record GlueAverage(double value, List<GlueBenchmark> missing) {
    /** Copies the list. */
    public GlueAverage {
        missing = List.copyOf(missing);
    }

    /**
     * Over scores, one per task.
     *
     * @throws UserException if a task comes twice
     */
    public static GlueAverage of(List<GlueScore> scores) {
        List<GlueBenchmark> missing = new ArrayList<>(List.of(GlueBenchmark.values()));
        for (GlueScore score : scores) {
            if (!missing.remove(score.task())) {
                throw new UserException("two scores for " + score.task().title() + "; give one per task");
            }
        }
        return new GlueAverage(
                scores.stream().mapToDouble(GlueScore::main).average().orElse(Double.NaN), missing);
    }
}
