package org.data2vec4j.train;

import java.util.List;
import org.data2vec4j.core.Check;

/**
 * Evaluation during training and at its end, where there are labels.
 *
 * @param everyUpdates updates between two evaluations; 0 for none until the end
 * @param data labelled samples that classify; empty for the training data. If {@code test} is empty, this is the data to test on, and
 *     the training data classifies
 * @param test labelled samples to classify; empty for {@code data}, or for a fifth of the training data
 * @param bank the most samples that classify: neighbours, and training data of the probe
 * @param queries the most samples to classify
 * @param options how labels are found, as {@code d2v knn} takes it: for audio {@code by=…}, {@code labels=…}, {@code split=…} and
 *     {@code test_split=…}, for text {@code task=…}
 */
public record EvaluateConfig(long everyUpdates, String data, String test, int bank, int queries, List<String> options) {
    /** Checks the ranges. */
    public EvaluateConfig {
        Check.notNegative("every_updates", everyUpdates);
        Check.inRange("bank", bank, 2, Integer.MAX_VALUE);
        Check.positive("queries", queries);
        options = List.copyOf(options);
    }

    /** At the end only, 10,000 against 10,000. */
    public static EvaluateConfig defaults() {
        return new EvaluateConfig(0, "", "", 10_000, 10_000, List.of());
    }

    /** Whether labelled samples are named. */
    public boolean namesData() {
        return !data.isEmpty() || !test.isEmpty() || !options.isEmpty();
    }

    /** Labelled samples that classify; empty for the training data. */
    public String trainData() {
        return test.isEmpty() ? "" : data;
    }

    /** Labelled samples to classify; empty for a part of those that classify. */
    public String testData() {
        return test.isEmpty() ? data : test;
    }
}
