package org.data2vec4j.image.finetune;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.evaluation.metric.PredictionSpread;
import org.data2vec4j.train.listener.Metric;

/** How often the right class is the likeliest, or among the five likeliest. */
final class TopAccuracy implements ImagePredictor.Prediction {
    private static final double PERCENT = 100;
    private static final int FIVE = 5;

    private final List<Integer> predicted = new ArrayList<>();
    private int first;
    private int amongFive;
    private int classes;

    @Override
    public void of(int index, int label, float[] logs) {
        classes = logs.length;
        int likelier = 0;
        int likeliest = 0;
        for (int c = 0; c < logs.length; c++) {
            likelier += logs[c] > logs[label] ? 1 : 0;
            likeliest = logs[c] > logs[likeliest] ? c : likeliest;
        }
        predicted.add(likeliest);
        first += likelier == 0 ? 1 : 0;
        amongFive += likelier < FIVE ? 1 : 0;
    }

    /** How the likeliest classes are spread. */
    PredictionSpread spread() {
        return PredictionSpread.of(predicted.stream().mapToInt(i -> i).toArray());
    }

    /** In percent, with the share of the most frequent prediction, which is 100 for a run that failed. */
    List<Metric> metrics(String key) {
        List<Metric> metrics = new ArrayList<>();
        metrics.add(new Metric("eval/accuracy_" + key, PERCENT * first / predicted.size()));
        if (classes > FIVE) {
            metrics.add(new Metric("eval/top5_" + key, PERCENT * amongFive / predicted.size()));
        }
        metrics.add(new Metric("eval/largest_share_" + key, PERCENT * spread().largestShare()));
        return metrics;
    }
}
