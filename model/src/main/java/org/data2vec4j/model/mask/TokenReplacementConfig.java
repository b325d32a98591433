package org.data2vec4j.model.mask;

import java.util.stream.IntStream;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.SettingException;
import org.data2vec4j.core.UserException;

/**
 * What stands in a masked place: the mask token, a word drawn at random, or, in what remains, the word itself.
 *
 * @param token the number of the mask token
 * @param masked the share of masked places that get the mask token
 * @param random the share that get any word
 */
public record TokenReplacementConfig(int token, double masked, double random) {
    /** Checks the ranges. */
    public TokenReplacementConfig {
        Check.inRange("token", token, 0, Integer.MAX_VALUE);
        Check.inRange("masked", masked, 0, 1);
        Check.inRange("random", random, 0, 1);
        if (masked + random > 1 + 1e-9) {
            throw new SettingException(
                    "masked", "is " + masked + " and random " + random + "; together they may be 1 at most");
        }
    }

    /** BERT's shares, 80 % and 10 %, and the number of RoBERTa's mask token, the last of its vocabulary. */
    public static TokenReplacementConfig defaults() {
        return new TokenReplacementConfig(50_264, 0.8, 0.1);
    }

    /**
     * Throws a {@link UserException} unless the mask token is a number of its own.
     *
     * @param vocabulary how many token numbers there are
     * @param specials the numbers that stand for no content
     */
    public void checkFits(int vocabulary, int[] specials) {
        if (token >= vocabulary) {
            throw new SettingException(
                    "token",
                    "is " + token + " but text.vocabulary is " + vocabulary
                            + "; the mask token is one of the vocabulary: allowed: 0 to " + (vocabulary - 1));
        }
        if (IntStream.of(specials).anyMatch(special -> special == token)) {
            throw new SettingException(
                    "token", "is " + token + ", the number of another special token; the mask token needs its own");
        }
        if (random > 0 && excluded(specials).length == vocabulary) {
            throw new SettingException(
                    "random",
                    "is " + random + " but text.vocabulary is " + vocabulary
                            + ", all of them special tokens; use 0 or a larger vocabulary");
        }
    }

    /** The numbers that are never drawn at random, ascending. */
    int[] excluded(int[] specials) {
        return IntStream.concat(IntStream.of(specials), IntStream.of(token))
                .distinct()
                .sorted()
                .toArray();
    }
}
