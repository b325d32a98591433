package org.data2vec4j.train.record;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.data2vec4j.train.listener.Metric;

/**
 * What a run has measured so far, in the order it was written; updates never decrease.
 *
 * @param rows logged updates and evaluations
 */
public record MetricHistory(List<MetricRow> rows) {
    /** Copies the list. */
    public MetricHistory {
        rows = List.copyOf(rows);
    }

    /** A run that has measured nothing. */
    public static MetricHistory empty() {
        return new MetricHistory(List.of());
    }

    /** Names of all metrics, in order of first appearance. */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (MetricRow row : rows) {
            for (Metric metric : row.metrics()) {
                names.add(metric.name());
            }
        }
        return names;
    }

    /** The metric's latest value, not finite ones included; empty if it was never measured. */
    public OptionalDouble last(String name) {
        for (int i = rows.size() - 1; i >= 0; i--) {
            for (Metric metric : rows.get(i).metrics()) {
                if (metric.name().equals(name)) {
                    return OptionalDouble.of(metric.value());
                }
            }
        }
        return OptionalDouble.empty();
    }
}
