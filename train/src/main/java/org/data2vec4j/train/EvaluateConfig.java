package org.data2vec4j.train;

import org.data2vec4j.core.Check;

/**
 * Evaluation during training and at its end, where the data has labels.
 *
 * @param everyUpdates updates between two evaluations; 0 for none until the end
 * @param data labelled data to test on; empty to hold out a fifth of the training data
 * @param bank samples of the training data whose features are neighbours and probe data
 * @param queries samples to test on
 */
public record EvaluateConfig(long everyUpdates, String data, int bank, int queries) {
    /** Checks the ranges. */
    public EvaluateConfig {
        Check.notNegative("every_updates", everyUpdates);
        Check.inRange("bank", bank, 2, Integer.MAX_VALUE);
        Check.positive("queries", queries);
    }

    /** At the end only, 10,000 against 10,000. */
    public static EvaluateConfig defaults() {
        return new EvaluateConfig(0, "", 10_000, 10_000);
    }
}
