package org.data2vec4j.text.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import org.data2vec4j.core.Check;

/**
 * What a vocabulary is to be like. {@code vocabSize}: tokens in all, the special ones and the 256 bytes included; {@code
 * minFrequency}: occurrences a pair needs to become a token; {@code specialTokens}: take the first ids, in order; {@code
 * threads}: that count words, without influence on the result.
 */
public record BpeTrainerConfig(int vocabSize, int minFrequency, List<String> specialTokens, int threads) {
    /** RoBERTa's five (Liu et al., 2019), so that {@code <s>} is 0, {@code <pad>} 1, {@code </s>} 2, {@code <unk>} 3. */
    public static final List<String> ROBERTA_SPECIALS = List.of("<s>", "<pad>", "</s>", "<unk>", "<mask>");

    private static final int LARGEST = 1 << 24;

    /** Refuses vocabularies too small for bytes and special tokens, and special tokens that are short or given twice. */
    public BpeTrainerConfig {
        specialTokens = List.copyOf(specialTokens);
        Check.inRange("vocab_size", vocabSize, 256 + specialTokens.size(), LARGEST);
        Check.positive("min_frequency", minFrequency);
        Check.inRange("threads", threads, 1, 1024);
        HashSet<String> seen = new HashSet<>();
        for (String token : specialTokens) {
            Check.that(
                    token.getBytes(StandardCharsets.UTF_8).length > 1 && seen.add(token),
                    "the special token '" + token + "' is given twice or shorter than two characters");
        }
    }

    /** RoBERTa's special tokens, pairs that occur twice, a thread per processor. */
    public static BpeTrainerConfig ofSize(int vocabSize) {
        return new BpeTrainerConfig(
                vocabSize, 2, ROBERTA_SPECIALS, Runtime.getRuntime().availableProcessors());
    }
}
