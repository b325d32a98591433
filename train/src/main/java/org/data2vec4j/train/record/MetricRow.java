package org.data2vec4j.train.record;

import java.util.List;
import org.data2vec4j.train.listener.Metric;

/**
 * The metrics of one logged update, or of one evaluation.
 *
 * @param update updates done when they were measured
 * @param epoch passes over the data finished by then
 * @param elapsed wall-clock seconds of training by then, resumed parts included, evaluation excluded
 * @param metrics the numbers in the order they were reported; NaN where the file holds null
 */
public record MetricRow(long update, int epoch, double elapsed, List<Metric> metrics) {
    /** Copies the list. */
    public MetricRow {
        metrics = List.copyOf(metrics);
    }
}
