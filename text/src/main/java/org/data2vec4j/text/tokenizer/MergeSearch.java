package org.data2vec4j.text.tokenizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The search for merges: a queue of pairs by count, whose counts are put right only when a pair comes up. Each queued pair knows
 * the words it was seen in when it was queued, so a merge touches those words only.
 */
final class MergeSearch implements TrainingWords.Changes {
    /** A pair in the queue with its count when it was put there and the words it was found in then. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Candidate(long pair, int index, long count, int[] words) {}

    private static final Comparator<Candidate> ORDER =
            Comparator.comparingLong(Candidate::count).reversed().thenComparingLong(Candidate::pair);

    private final TrainingWords words;
    private final WordTable tokens;
    private final int specials;
    private final PairTable index = new PairTable();
    private final PriorityQueue<Candidate> queue = new PriorityQueue<>(1 << 12, ORDER);
    private final IntList touched = new IntList(); // the pairs that have new words
    private long[] pairs = new long[1 << 12];
    private long[] counts = new long[1 << 12];
    private IntList[] newWords = new IntList[1 << 12]; // by pair, since the last merge

    /** {@code tokens} grows by the merges; a merge never makes one of its first {@code specials}. */
    MergeSearch(TrainingWords words, WordTable tokens, int specials) {
        this.words = words;
        this.tokens = tokens;
        this.specials = specials;
    }

    List<Merge> run(BpeTrainerConfig config) {
        List<Merge> merges = new ArrayList<>();
        words.pairs(this);
        enqueue();
        while (tokens.size() < config.vocabSize() && !queue.isEmpty()) {
            Candidate top = queue.remove();
            long count = counts[top.index];
            if (count != top.count) {
                queue.add(new Candidate(top.pair, top.index, count, top.words));
                continue;
            }
            if (count < config.minFrequency()) {
                break;
            }
            int merged = join(top.pair);
            if (merged < specials) {
                continue; // text that spells a special token stays text
            }
            merges.add(new Merge(PairTable.left(top.pair), PairTable.right(top.pair), merged));
            for (int word : top.words) {
                words.merge(word, top.pair, merged, this);
            }
            enqueue();
        }
        return lastOfEach(merges);
    }

    @Override
    public void change(long pair, int word, long times) {
        int known = index.size();
        int i = index.putIfAbsent(pair, known);
        if (i == counts.length) {
            pairs = Arrays.copyOf(pairs, i * 2);
            counts = Arrays.copyOf(counts, i * 2);
            newWords = Arrays.copyOf(newWords, i * 2);
        }
        pairs[i] = pair;
        counts[i] += times;
        if (times > 0) {
            IntList list = newWords[i];
            if (list == null) {
                list = new IntList();
                newWords[i] = list;
                touched.add(i);
                list.add(word);
            } else if (list.last() != word) { // words come one after the other
                list.add(word);
            }
        }
    }

    private void enqueue() {
        for (int k = 0; k < touched.size(); k++) {
            int i = touched.get(k);
            IntList list = newWords[i];
            if (list != null && counts[i] > 0) {
                queue.add(new Candidate(pairs[i], i, counts[i], list.toArray()));
            }
            newWords[i] = null;
        }
        touched.clear();
    }

    private int join(long pair) {
        int left = PairTable.left(pair);
        int right = PairTable.right(pair);
        int leftLength = tokens.length(left);
        byte[] joined = new byte[leftLength + tokens.length(right)];
        System.arraycopy(tokens.bytes(), tokens.start(left), joined, 0, leftLength);
        System.arraycopy(tokens.bytes(), tokens.start(right), joined, leftLength, tokens.length(right));
        return tokens.add(joined, 0, joined.length);
    }

    /**
     * A pair comes up again when its token could also be made in another way and met new words since; its rank is the last, as
     * in Hugging Face's trainer.
     */
    private static List<Merge> lastOfEach(List<Merge> merges) {
        Set<Long> seen = new HashSet<>();
        List<Merge> kept = new ArrayList<>();
        for (int i = merges.size() - 1; i >= 0; i--) {
            if (seen.add(PairTable.pair(merges.get(i).left(), merges.get(i).right()))) {
                kept.add(merges.get(i));
            }
        }
        Collections.reverse(kept);
        return kept;
    }
}
