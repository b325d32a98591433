package org.data2vec4j.text.tokenizer;

/** The distinct words of a text as sequences of token ids, which merges shorten in place. */
final class TrainingWords {
    /** Told how often pairs come and go. */
    interface Changes {
        /** A pair occurs {@code times} more often (less, if negative) in a word. */
        void change(long pair, int word, long times);
    }

    private final int[] symbols;
    private final int[] starts;
    private final int[] lengths;
    private final long[] counts;

    TrainingWords(WordCounts words, int[] byteIds) {
        WordTable table = words.words();
        int size = table.size();
        byte[] bytes = table.bytes();
        int total = size == 0 ? 0 : table.start(size - 1) + table.length(size - 1);
        symbols = new int[total];
        for (int i = 0; i < total; i++) {
            symbols[i] = byteIds[bytes[i] & 0xFF];
        }
        starts = new int[size];
        lengths = new int[size];
        counts = new long[size];
        for (int word = 0; word < size; word++) {
            starts[word] = table.start(word);
            lengths[word] = table.length(word);
            counts[word] = words.count(word);
        }
    }

    /** Tells all pairs that there are, word by word. */
    void pairs(Changes changes) {
        for (int word = 0; word < starts.length; word++) {
            int last = starts[word] + lengths[word] - 1;
            for (int i = starts[word]; i < last; i++) {
                changes.change(PairTable.pair(symbols[i], symbols[i + 1]), word, counts[word]);
            }
        }
    }

    /** Replaces a pair in a word, from left to right, and tells of the pairs lost and won beside it. */
    void merge(int word, long pair, int replacement, Changes changes) {
        int left = PairTable.left(pair);
        int right = PairTable.right(pair);
        int start = starts[word];
        int end = start + lengths[word];
        long count = counts[word];
        int to = start;
        for (int from = start; from < end; to++) {
            if (symbols[from] != left || from + 1 == end || symbols[from + 1] != right) {
                symbols[to] = symbols[from++];
                continue;
            }
            from += 2;
            symbols[to] = replacement;
            if (to > start) {
                changes.change(PairTable.pair(symbols[to - 1], left), word, -count);
                changes.change(PairTable.pair(symbols[to - 1], replacement), word, count);
            }
            if (from < end) {
                changes.change(PairTable.pair(right, symbols[from]), word, -count);
                changes.change(PairTable.pair(replacement, symbols[from]), word, count);
            }
        }
        lengths[word] = to - start;
    }
}
