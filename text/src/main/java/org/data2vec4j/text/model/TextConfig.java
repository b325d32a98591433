package org.data2vec4j.text.model;

import org.data2vec4j.core.Check;
import org.data2vec4j.core.SettingException;
import org.data2vec4j.model.mask.Compat;

/**
 * The token numbers an encoder takes, and their embedding (RoBERTa's).
 *
 * @param vocabulary token numbers there are
 * @param maxPositions the longest text in tokens
 * @param positions what a token's embedding says of its place
 * @param begin the number of the token that begins a text
 * @param pad the number that fills up shorter texts
 * @param end the number of the token that ends a text
 * @param normEpsilon added to variances by the embedding's norm
 * @param dropout on the embedded tokens
 * @param maskSpecial whether the tokens that begin and end a text may be masked
 * @param compat how padding is treated
 */
public record TextConfig(
        int vocabulary,
        int maxPositions,
        TextPositions positions,
        int begin,
        int pad,
        int end,
        double normEpsilon,
        double dropout,
        boolean maskSpecial,
        Compat compat) {
    /** Checks the ranges. */
    public TextConfig {
        Check.inRange("vocabulary", vocabulary, 4, 10_000_000);
        Check.inRange("max_positions", maxPositions, 1, 1_000_000);
        Check.inRange("begin", begin, 0, vocabulary - 1);
        Check.inRange("pad", pad, 0, vocabulary - 1);
        Check.inRange("end", end, 0, vocabulary - 1);
        if (pad == begin || pad == end) {
            throw new SettingException("pad", "is " + pad + ", the number of another special token; it needs its own");
        }
        Check.positive("norm_epsilon", normEpsilon);
        Check.inRange("dropout", dropout, 0, 0.99);
    }

    /** A text whose tokens have learned places. */
    public TextConfig(
            int vocabulary,
            int maxPositions,
            int begin,
            int pad,
            int end,
            double normEpsilon,
            double dropout,
            boolean maskSpecial,
            Compat compat) {
        this(
                vocabulary,
                maxPositions,
                TextPositions.LEARNED,
                begin,
                pad,
                end,
                normEpsilon,
                dropout,
                maskSpecial,
                compat);
    }

    /** RoBERTa's numbers: 0 begins, 1 pads, 2 ends; up to 512 tokens of a vocabulary of 50,265. */
    public static TextConfig defaults() {
        return new TextConfig(50_265, 512, 0, 1, 2, 1e-5, 0.1, false, Compat.NONE);
    }
}
