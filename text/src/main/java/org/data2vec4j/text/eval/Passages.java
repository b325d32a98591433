package org.data2vec4j.text.eval;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.core.Check;
import org.data2vec4j.text.data.TextSamples;
import org.data2vec4j.text.tokenizer.SpecialIds;

/** Short passages of training text, spread evenly over it, each from one document: {@code <s>}, tokens, {@code </s>}. */
public final class Passages implements TextSamples {
    private final List<int[]> passages = new ArrayList<>();
    private final SpecialIds specials;

    /**
     * The beginnings of some sequences.
     *
     * @param text where they are taken from
     * @param count how many at most; sequences with too few tokens are passed over
     * @param length tokens of each at most, 4 or more, special ones not counted
     */
    public Passages(TextSamples text, SpecialIds specials, int count, int length) {
        this.specials = specials;
        Check.inRange("passages.length", length, 4, 1 << 20);
        int tried = Math.min(count, text.count());
        for (int i = 0; i < tried; i++) {
            int index = (int) ((long) i * text.count() / tried);
            int[] tokens = new int[text.length(index)];
            text.copy(index, tokens, 0);
            int end = 1;
            while (end < tokens.length && end <= length && tokens[end] != specials.eos()) {
                end++;
            }
            if (end >= 5) {
                passages.add(framed(tokens, end));
            }
        }
    }

    private int[] framed(int[] tokens, int end) {
        int[] passage = new int[end + 1];
        passage[0] = specials.bos();
        System.arraycopy(tokens, 1, passage, 1, end - 1);
        passage[end] = specials.eos();
        return passage;
    }

    /** The tokens of a passage without the special ones around them; a copy. */
    public int[] tokens(int index) {
        int[] passage = passages.get(index);
        int[] tokens = new int[passage.length - 2];
        System.arraycopy(passage, 1, tokens, 0, tokens.length);
        return tokens;
    }

    @Override
    public int count() {
        return passages.size();
    }

    @Override
    public int length(int index) {
        return passages.get(index).length;
    }

    @Override
    public void copy(int index, int[] to, int at) {
        int[] tokens = passages.get(index);
        System.arraycopy(tokens, 0, to, at, tokens.length);
    }

    @Override
    public int pad() {
        return specials.pad();
    }
}
