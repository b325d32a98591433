package org.data2vec4j.text.tokenizer;

import java.util.Arrays;

/** Turns bytes into token ids, and remembers the words it has met. One per thread: {@link BpeTokenizer#encoder()}. */
public final class BpeEncoder {
    private static final int MOST_WORDS = 1 << 17;
    private static final int LONGEST_KEPT = 64;

    private final int[] byteIds;
    private final WordMerger merger;
    private WordTable words = new WordTable();
    private IntList tokens = new IntList();
    private int[] ends = new int[1 << 10]; // where each known word's tokens end
    private int[] symbols = new int[256];

    BpeEncoder(int[] byteIds, WordMerger merger) {
        this.byteIds = byteIds;
        this.merger = merger;
    }

    /** Appends the tokens of a text, any bytes at all, to {@code out}. */
    public void encode(byte[] text, int from, int to, IntList out) {
        int at = from;
        while (at < to) {
            int end = WordSplitter.end(text, at, to);
            word(text, at, end, out);
            at = end;
        }
    }

    private void word(byte[] text, int from, int to, IntList out) {
        if (to - from == 1) {
            out.add(byteIds[text[from] & 0xFF]);
            return;
        }
        boolean keep = to - from <= LONGEST_KEPT;
        int known = keep ? words.find(text, from, to) : -1;
        if (known >= 0) {
            int start = known == 0 ? 0 : ends[known - 1];
            for (int i = start; i < ends[known]; i++) {
                out.add(tokens.get(i));
            }
            return;
        }
        int count = merge(text, from, to);
        out.addAll(symbols, 0, count);
        if (keep) {
            remember(text, from, to, count);
        }
    }

    private int merge(byte[] text, int from, int to) {
        int length = to - from;
        if (length > symbols.length) {
            symbols = new int[length];
        }
        for (int i = 0; i < length; i++) {
            symbols[i] = byteIds[text[from + i] & 0xFF];
        }
        int count = merger.merge(symbols, length);
        if (length > 1 << 16) {
            symbols = Arrays.copyOf(symbols, count); // one monstrous word must not hold memory for ever
        }
        return count;
    }

    private void remember(byte[] text, int from, int to, int count) {
        if (words.size() == MOST_WORDS) { // rare words have filled it: begin again
            words = new WordTable();
            tokens = new IntList();
        }
        int word = words.add(text, from, to);
        tokens.addAll(symbols, 0, count);
        if (word == ends.length) {
            ends = Arrays.copyOf(ends, ends.length * 2);
        }
        ends[word] = tokens.size();
    }
}
