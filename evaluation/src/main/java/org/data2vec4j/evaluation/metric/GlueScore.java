package org.data2vec4j.evaluation.metric;

import java.util.List;
import org.data2vec4j.core.UserException;

/**
 * A GLUE task's scores as its leaderboard counts them.
 *
 * @param task the task
 * @param metrics one or two named scores, shares from 0 to 1 (correlations from −1)
 */
public record GlueScore(GlueBenchmark task, List<Metric> metrics) {
    /**
     * One score.
     *
     * @param name such as accuracy
     * @param value its value
     */
    public record Metric(String name, double value) {}

    /** Copies the list. */
    public GlueScore {
        metrics = List.copyOf(metrics);
    }

    /**
     * Of a task with classes; not of {@link GlueBenchmark#MNLI}, which has two sets.
     *
     * @throws UserException if the task is scored otherwise
     */
    public static GlueScore classes(GlueBenchmark task, int[] predictions, int[] labels) {
        double accuracy = Classification.accuracy(predictions, labels);
        return new GlueScore(
                task,
                switch (task) {
                    case COLA -> List.of(new Metric("matthews", Classification.matthews(predictions, labels)));
                    case SST2, QNLI, RTE -> List.of(new Metric("accuracy", accuracy));
                    case MRPC, QQP ->
                        List.of(
                                new Metric("accuracy", accuracy),
                                new Metric("f1", Classification.binaryF1(predictions, labels)));
                    case MNLI -> throw new UserException("MNLI has two validation sets; score matched and mismatched");
                    case STSB -> throw new UserException("STS-B is scored by numbers, not by classes");
                });
    }

    /** Of {@link GlueBenchmark#MNLI}: accuracies on the matched and the mismatched set. */
    public static GlueScore mnli(int[] matched, int[] matchedLabels, int[] mismatched, int[] mismatchedLabels) {
        return new GlueScore(
                GlueBenchmark.MNLI,
                List.of(
                        new Metric("accuracy_matched", Classification.accuracy(matched, matchedLabels)),
                        new Metric("accuracy_mismatched", Classification.accuracy(mismatched, mismatchedLabels))));
    }

    /** Of {@link GlueBenchmark#STSB}; NaN for constant predictions. */
    public static GlueScore similarity(double[] predictions, double[] truths) {
        return new GlueScore(
                GlueBenchmark.STSB,
                List.of(
                        new Metric("pearson", Correlation.pearson(predictions, truths)),
                        new Metric("spearman", Correlation.spearman(predictions, truths))));
    }

    /** The task's one number: the mean of its metrics. */
    public double main() {
        return metrics.stream().mapToDouble(Metric::value).average().orElse(Double.NaN);
    }
}
