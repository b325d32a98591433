package org.data2vec4j.audio.lm;

import org.data2vec4j.core.Check;
import org.data2vec4j.core.Kind;

/** How much of each count is set aside for n-grams that were not seen. */
public sealed interface Discounting {
    /**
     * Interpolated modified Kneser–Ney: three discounts per order from counts of counts, and lower orders that count how many
     * different words precede an n-gram (Chen and Goodman, "An empirical study of smoothing techniques for language modeling",
     * 1999, eq. 26). Where counts of counts are too few to give discounts between 0 and the count, 0.5, 1 and 1.5 stand in.
     */
    @Kind("kneser_ney")
    record KneserNey() implements Discounting {}

    /**
     * Interpolated absolute discounting of raw counts by one number (Ney, Essen and Kneser, 1994).
     *
     * @param discount what is taken from every count, between 0 and 1, both excluded
     */
    @Kind("absolute")
    record Absolute(double discount) implements Discounting {
        /** Checks the range. */
        public Absolute {
            Check.setting(
                    discount > 0 && discount < 1, "discount", "is " + discount + "; allowed: above 0 and below 1");
        }
    }
}
