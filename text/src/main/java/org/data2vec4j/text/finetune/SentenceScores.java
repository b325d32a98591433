package org.data2vec4j.text.finetune;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.evaluation.metric.Classification;
import org.data2vec4j.evaluation.metric.Correlation;
import org.data2vec4j.evaluation.metric.PredictionSpread;
import org.data2vec4j.text.data.TextTask;
import org.data2vec4j.train.listener.Metric;

/**
 * What a model predicts of texts: a class each, or a number each.
 *
 * @param classes predicted classes; empty for regression
 * @param numbers predicted numbers; empty for classification
 */
@SuppressWarnings("ArrayRecordComponent") // handed on at once; never compared
public record SentenceScores(int[] classes, double[] numbers) {
    private static final double PERCENT = 100;

    /** How the predictions are spread. */
    public PredictionSpread spread() {
        return numbers.length > 0 ? PredictionSpread.of(numbers) : PredictionSpread.of(classes);
    }

    /**
     * The task's metrics in percent, {@code eval/NAME_key}; their mean, {@code eval/score_key}, where there are several, as GLUE
     * counts them; and the share of the most frequent prediction, which is 100 for a run that failed.
     *
     * @param truths classes, or values
     */
    public List<Metric> metrics(TextTask task, float[] truths, String key) {
        List<Metric> metrics = new ArrayList<>();
        double sum = 0;
        for (String name : task.metrics()) {
            double value = PERCENT * metric(name, truths);
            sum += value;
            metrics.add(new Metric("eval/" + name + "_" + key, value));
        }
        if (metrics.size() > 1) {
            metrics.add(new Metric("eval/score_" + key, sum / metrics.size()));
        }
        metrics.add(new Metric("eval/largest_share_" + key, PERCENT * spread().largestShare()));
        return metrics;
    }

    private double metric(String name, float[] truths) {
        return switch (name) {
            case "accuracy" -> Classification.accuracy(classes, whole(truths));
            case "f1" -> Classification.binaryF1(classes, whole(truths));
            case "matthews" -> Classification.matthews(classes, whole(truths));
            case "pearson" -> orZero(Correlation.pearson(numbers, doubles(truths)));
            case "spearman" -> orZero(Correlation.spearman(numbers, doubles(truths)));
            default -> throw new IllegalArgumentException("metric " + name);
        };
    }

    /** Constant predictions say nothing; a curve with a gap would hide that. */
    private static double orZero(double correlation) {
        return Double.isNaN(correlation) ? 0 : correlation;
    }

    private static int[] whole(float[] values) {
        int[] all = new int[values.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = (int) values[i];
        }
        return all;
    }

    private static double[] doubles(float[] values) {
        double[] all = new double[values.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = values[i];
        }
        return all;
    }
}
