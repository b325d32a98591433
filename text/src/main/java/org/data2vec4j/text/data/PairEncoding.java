package org.data2vec4j.text.data;

import org.data2vec4j.core.Check;
import org.data2vec4j.text.tokenizer.SpecialIds;
import org.jspecify.annotations.Nullable;

/**
 * One or two sentences as RoBERTa reads them: {@code <s> a </s>}, or {@code <s> a </s> </s> b </s>}; the same as fairseq's with
 * {@code </s>} as separator. Never longer than {@code length}: tokens are taken one at a time from the end of the longer
 * sentence, of the second when both are equally long.
 */
public record PairEncoding(SpecialIds specials, int length) {
    private static final int AROUND_ONE = 2;
    private static final int AROUND_TWO = 4;

    /** Refuses lengths below 8, which leave no room for a pair. */
    public PairEncoding {
        Check.inRange("length", length, 8, 1 << 20);
    }

    /** The sequence of one sentence or of two. */
    public int[] encode(int[] first, int @Nullable [] second) {
        if (second == null) {
            int kept = Math.min(first.length, length - AROUND_ONE);
            int[] tokens = new int[kept + AROUND_ONE];
            tokens[0] = specials.bos();
            System.arraycopy(first, 0, tokens, 1, kept);
            tokens[kept + 1] = specials.eos();
            return tokens;
        }
        int room = length - AROUND_TWO;
        int a = Math.min(first.length, Math.max((room + 1) / 2, room - second.length));
        int b = Math.min(second.length, room - a);
        int[] tokens = new int[a + b + AROUND_TWO];
        tokens[0] = specials.bos();
        System.arraycopy(first, 0, tokens, 1, a);
        tokens[a + 1] = specials.eos();
        tokens[a + 2] = specials.eos();
        System.arraycopy(second, 0, tokens, a + 3, b);
        tokens[a + b + 3] = specials.eos();
        return tokens;
    }
}
