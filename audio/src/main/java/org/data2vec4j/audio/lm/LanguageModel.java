package org.data2vec4j.audio.lm;

/**
 * The probability of each next word given those before, asked step by step: a state stands for the words so far and never changes.
 * All logarithms are natural. Models are safe for many threads.
 */
public interface LanguageModel {
    /**
     * One word's answer.
     *
     * @param logProbability natural logarithm of the word's probability after the state, at most 0
     * @param next the state after the word
     * @param known whether the model lists the word; an unknown one got the probability of {@code <unk>}
     */
    record Scored(double logProbability, State next, boolean known) {}

    /** The state at the beginning of a sentence, after {@code <s>}. */
    State start();

    /** The probability of a word after a state. */
    Scored score(State state, String word);

    /** Natural logarithm of the probability that the sentence ends here, that is, of {@code </s>}. */
    double end(State state);
}
