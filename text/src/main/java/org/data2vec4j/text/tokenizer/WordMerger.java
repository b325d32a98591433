package org.data2vec4j.text.tokenizer;

import java.util.PriorityQueue;

/**
 * Applies merges to one word: always the lowest rank there is, the leftmost of equals first, until none applies. Thread-safe:
 * keeps nothing between words.
 */
final class WordMerger {
    private static final int SHORT = 32;

    private final PairTable ranks = new PairTable();
    private final int[] merged;

    WordMerger(Vocabulary vocabulary) {
        merged = new int[vocabulary.merges().size()];
        for (int rank = 0; rank < merged.length; rank++) {
            Merge merge = vocabulary.merges().get(rank);
            ranks.put(PairTable.pair(merge.left(), merge.right()), rank);
            merged[rank] = merge.merged();
        }
    }

    /** Merges the first {@code length} symbols in place; returns how many are left. */
    int merge(int[] symbols, int length) {
        return length <= SHORT ? scan(symbols, length) : queue(symbols, length);
    }

    /** Looks for the lowest rank again after each merge: quadratic, and fastest for words of usual length. */
    int scan(int[] symbols, int length) {
        int left = length;
        while (left > 1) {
            int best = Integer.MAX_VALUE;
            int at = -1;
            for (int i = 0; i + 1 < left; i++) {
                int rank = ranks.get(PairTable.pair(symbols[i], symbols[i + 1]));
                if (rank >= 0 && rank < best) {
                    best = rank;
                    at = i;
                }
            }
            if (at < 0) {
                return left;
            }
            symbols[at] = merged[best];
            System.arraycopy(symbols, at + 2, symbols, at + 1, left - at - 2);
            left--;
        }
        return left;
    }

    /** The same with a linked list and a queue of (rank, place): for words of any length. */
    int queue(int[] symbols, int length) {
        int[] next = new int[length];
        int[] previous = new int[length];
        for (int i = 0; i < length; i++) {
            next[i] = i + 1;
            previous[i] = i - 1;
        }
        PriorityQueue<Long> queue = new PriorityQueue<>();
        for (int i = 0; i + 1 < length; i++) {
            offer(queue, symbols, i, i + 1);
        }
        while (!queue.isEmpty()) {
            long top = queue.remove();
            int rank = (int) (top >>> 32);
            int at = (int) top;
            int right = symbols[at] < 0 ? length : next[at];
            if (right == length || ranks.get(PairTable.pair(symbols[at], symbols[right])) != rank) {
                continue; // one of the two was merged with another since
            }
            symbols[at] = merged[rank];
            symbols[right] = -1;
            int after = next[right];
            next[at] = after;
            if (after < length) {
                previous[after] = at;
                offer(queue, symbols, at, after);
            }
            if (previous[at] >= 0) {
                offer(queue, symbols, previous[at], at);
            }
        }
        int left = 0;
        for (int i = 0; i < length; i = next[i]) {
            symbols[left++] = symbols[i];
        }
        return left;
    }

    private void offer(PriorityQueue<Long> queue, int[] symbols, int left, int right) {
        int rank = ranks.get(PairTable.pair(symbols[left], symbols[right]));
        if (rank >= 0) {
            queue.add((long) rank << 32 | left);
        }
    }
}
