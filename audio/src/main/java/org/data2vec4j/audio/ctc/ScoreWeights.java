package org.data2vec4j.audio.ctc;

import org.data2vec4j.core.Check;

/**
 * What is added to a reading's acoustic log-probability: language·log p + word·(words) + silence·(boundaries) + unknownWord·(words the
 * model does not list).
 *
 * @param language weight of the language model's natural logarithms; decoders that weigh logarithms to base ten (flashlight with
 *     KenLM, hence fairseq's recipes) need {@link #perLog10} to be matched
 * @param word added for each word; above 0 for more words
 * @param silence added for each boundary letter
 * @param unknownWord added for each word the language model does not list, on top of its {@code <unk>}; without a lexicon it must be
 *     well below 0, or running words together into one unknown word costs less than saying them
 */
public record ScoreWeights(double language, double word, double silence, double unknownWord) {
    /** Checks that all are numbers and that the language model does not count against itself. */
    public ScoreWeights {
        Check.notNegative("language", language);
        for (double value : new double[] {word, silence, unknownWord}) {
            Check.that(
                    !Double.isNaN(value) && value < Double.POSITIVE_INFINITY,
                    "a decoder score is " + value + "; allowed: numbers");
        }
    }

    /** The same weights with {@code language} given per logarithm to base ten, as in fairseq's recipes. */
    public static ScoreWeights perLog10(double language, double word, double silence, double unknownWord) {
        return new ScoreWeights(language / Math.log(10), word, silence, unknownWord);
    }

    /** Acoustics alone. */
    public static ScoreWeights none() {
        return new ScoreWeights(0, 0, 0, 0);
    }

    /** The most that one letter can add: everything that is above 0, at once. */
    double mostBonus() {
        return Math.max(0, word) + Math.max(0, silence) + Math.max(0, unknownWord);
    }
}
