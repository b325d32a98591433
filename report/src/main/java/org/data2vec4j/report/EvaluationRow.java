package org.data2vec4j.report;

import java.util.List;

/**
 * One task's scores.
 *
 * @param name the task, such as k-NN
 * @param metric the metric of the run's history that measures the same, such as {@code eval/knn}: its curve then shows the
 *     other columns as dashed lines; empty if there is none
 * @param values one per column of the table; NaN where not measured
 * @param scale how the values are printed
 * @param better which values are better
 */
public record EvaluationRow(String name, String metric, List<Double> values, Scale scale, Better better) {
    /** How values are printed. */
    public enum Scale {
        /** Shares of one, printed as percentages; the metric of the run's history is one. */
        PERCENT,
        /** Numbers as they are. */
        PLAIN
    }

    /** Which values are better. */
    public enum Better {
        /** Accuracy, correlation. */
        HIGHER,
        /** Error rates, losses. */
        LOWER
    }

    /** Copies the list. */
    public EvaluationRow {
        values = List.copyOf(values);
    }

    /** An accuracy, or another share of one of which more is better. */
    public static EvaluationRow accuracy(String name, String metric, List<Double> values) {
        return new EvaluationRow(name, metric, values, Scale.PERCENT, Better.HIGHER);
    }

    /** The best of the values from column {@code first} on; NaN where none is measured. */
    double best(int first) {
        return values.stream()
                .skip(first)
                .filter(Double::isFinite)
                .reduce((a, b) -> better == Better.HIGHER == a > b ? a : b)
                .orElse(Double.NaN);
    }
}
