package org.data2vec4j.audio.lm;

import org.data2vec4j.core.Check;

/**
 * What an n-gram model is made of.
 *
 * @param order length of the longest n-grams, 1 to 10
 * @param minimalCount words seen less often become {@code <unk>}; 1 keeps all
 * @param discounting how counts become probabilities
 */
public record NgramTrainerConfig(int order, int minimalCount, Discounting discounting) {
    /** Checks the ranges. */
    public NgramTrainerConfig {
        Check.inRange("order", order, 1, 10);
        Check.positive("minimal_count", minimalCount);
    }

    /** Modified Kneser–Ney over all words. */
    public static NgramTrainerConfig ofOrder(int order) {
        return new NgramTrainerConfig(order, 1, new Discounting.KneserNey());
    }
}
