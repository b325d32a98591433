package org.data2vec4j.audio.lm;

import java.util.List;
import org.data2vec4j.core.UserException;

/**
 * How well a model foretells sentences; every word counts, and so does the end of each sentence.
 *
 * @param logProbability natural logarithm of the probability of all tokens
 * @param tokens words and sentence ends
 * @param unknown how many words the model does not list
 * @param unknownLogProbability the unknown words' part of {@code logProbability}
 */
public record Perplexity(double logProbability, long tokens, long unknown, double unknownLogProbability) {
    /** Of sentences given as words, each scored from {@code <s>} to {@code </s>}. */
    public static Perplexity of(LanguageModel model, Iterable<List<String>> sentences) {
        double sum = 0;
        double unknownSum = 0;
        long tokens = 0;
        long unknown = 0;
        for (List<String> sentence : sentences) {
            State state = model.start();
            for (String word : sentence) {
                LanguageModel.Scored scored = model.score(state, word);
                sum += scored.logProbability();
                unknown += scored.known() ? 0 : 1;
                unknownSum += scored.known() ? 0 : scored.logProbability();
                state = scored.next();
            }
            sum += model.end(state);
            tokens += sentence.size() + 1L;
        }
        if (tokens == 0) {
            throw new UserException("perplexity of no sentences; give at least one");
        }
        return new Perplexity(sum, tokens, unknown, unknownSum);
    }

    /** exp(−mean log-probability) over all tokens, unknown words included. */
    public double perplexity() {
        return Math.exp(-logProbability / tokens);
    }

    /** The same over the tokens that the model lists. */
    public double perplexityOfKnown() {
        return Math.exp(-(logProbability - unknownLogProbability) / (tokens - unknown));
    }
}
