package org.data2vec4j.audio.lm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The n-grams of one order in the order of their first appearance, with what interpolation needs of each: its context (the entry of
 * its first n − 1 words), its suffix (the entry of its last n − 1) and two counts. Entry numbers refer to the order below.
 */
final class NgramCounts {
    private final Map<Long, Integer> entries = new HashMap<>();
    private int[] contexts = new int[64];
    private int[] words = new int[64];
    private int[] suffixes = new int[64];
    private long[] counts = new long[64];
    private long[] adjusted = new long[64];

    /** Counts an n-gram once more and returns its entry. */
    int see(int context, int word, int suffix) {
        long key = ((long) context << 32) | word;
        Integer known = entries.get(key);
        int entry = known == null ? entries.size() : known;
        if (known == null) {
            entries.put(key, entry);
            room(entry);
            contexts[entry] = context;
            words[entry] = word;
            suffixes[entry] = suffix;
        }
        counts[entry]++;
        return entry;
    }

    /** The number of different n-grams. */
    int size() {
        return entries.size();
    }

    int context(int entry) {
        return contexts[entry];
    }

    int word(int entry) {
        return words[entry];
    }

    int suffix(int entry) {
        return suffixes[entry];
    }

    /** How often the n-gram was seen. */
    long count(int entry) {
        return counts[entry];
    }

    /** The number of different words seen before the n-gram, once the order above has been added up. */
    long preceding(int entry) {
        return adjusted[entry];
    }

    /** Tells each n-gram of the order below how many different words precede it. */
    void addPreceding(NgramCounts below) {
        for (int i = 0; i < size(); i++) {
            below.adjusted[suffixes[i]]++;
        }
    }

    private void room(int entry) {
        if (entry == words.length) {
            contexts = Arrays.copyOf(contexts, 2 * entry);
            words = Arrays.copyOf(words, 2 * entry);
            suffixes = Arrays.copyOf(suffixes, 2 * entry);
            counts = Arrays.copyOf(counts, 2 * entry);
            adjusted = Arrays.copyOf(adjusted, 2 * entry);
        }
    }

    /** Counts every n-gram of sentences that are word numbers from {@code <s>} to {@code </s>}; [n − 1] holds order n. */
    static List<NgramCounts> count(Iterable<int[]> sentences, int order) {
        List<NgramCounts> all = new ArrayList<>();
        for (int n = 0; n < order; n++) {
            all.add(new NgramCounts());
        }
        for (int[] sentence : sentences) {
            int[] before = new int[order]; // entries of the n-grams that end at the word before
            for (int i = 0; i < sentence.length; i++) {
                int[] here = new int[order];
                for (int n = 1; n <= Math.min(order, i + 1); n++) {
                    here[n - 1] = all.get(n - 1).see(n == 1 ? 0 : before[n - 2], sentence[i], n == 1 ? 0 : here[n - 2]);
                }
                before = here;
            }
        }
        for (int n = 2; n <= order; n++) {
            all.get(n - 1).addPreceding(all.get(n - 2));
        }
        return all;
    }
}
