package org.data2vec4j.evaluation.probe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How many predictions were right.
 *
 * @param correct right predictions
 * @param total predictions of samples whose class is known
 * @param excluded samples of unknown class, which do not count
 * @param classes the same for each class, in the order of the labels
 */
public record Score(int correct, int total, int excluded, List<ClassScore> classes) {
    /**
     * The samples of one class.
     *
     * @param correct how many of them were predicted rightly
     * @param total how many there are
     */
    public record ClassScore(int correct, int total) {
        /** The share of right predictions, 0 to 1; NaN if the class has no samples. */
        public double accuracy() {
            return correct / (double) total;
        }
    }

    /** Copies the list. */
    public Score {
        classes = List.copyOf(classes);
    }

    /** Compares predictions with labels, of which −1 is unknown. */
    public static Score of(int[] predictions, int[] labels) {
        if (predictions.length != labels.length) {
            throw new IllegalArgumentException(predictions.length + " predictions for " + labels.length + " labels");
        }
        int count = Arrays.stream(labels).max().orElse(-1) + 1;
        int[] correct = new int[count];
        int[] total = new int[count];
        int excluded = 0;
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0) {
                excluded++;
            } else {
                total[labels[i]]++;
                correct[labels[i]] += predictions[i] == labels[i] ? 1 : 0;
            }
        }
        List<ClassScore> classes = new ArrayList<>();
        for (int c = 0; c < count; c++) {
            classes.add(new ClassScore(correct[c], total[c]));
        }
        return new Score(Arrays.stream(correct).sum(), labels.length - excluded, excluded, classes);
    }

    /** The share of right predictions, 0 to 1; NaN if there was nothing to predict. */
    public double accuracy() {
        return correct / (double) total;
    }

    /** The share of right predictions in percent. */
    public double percent() {
        return 100 * accuracy();
    }

    /** Where the accuracy on all such samples lies, with 95 % confidence, as shares from 0 to 1. */
    public Interval interval() {
        return Interval.wilson(correct, total);
    }
}
