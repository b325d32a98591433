package org.data2vec4j.audio.lm;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A back-off n-gram model: the probability of a word is that of the longest listed n-gram ending in it, times the back-off weights
 * of the longer contexts that are listed (Katz, "Estimation of probabilities from sparse data", 1987; the rule of ARPA files).
 * A word the model does not list counts as {@code <unk>}; without an {@code <unk>} it gets 10⁻¹⁰⁰ and ends the context. Immutable;
 * {@link ArpaReader} makes one.
 */
public final class NgramModel implements LanguageModel {
    /** The logarithm for a word that is not listed, in a model without {@code <unk>}. */
    static final double NEVER = -100 * Math.log(10);

    private final Map<String, Integer> words;
    private final List<NgramTable> tables; // [n − 1] holds the n-grams
    private final int unknown; // the id of <unk>, or −1
    private final State empty;
    private final State start;

    NgramModel(Map<String, Integer> words, List<NgramTable> tables) {
        this.words = words;
        this.tables = List.copyOf(tables);
        this.unknown = words.getOrDefault(ArpaReader.UNKNOWN, -1);
        int[] none = new int[tables.size() - 1];
        Arrays.fill(none, -1);
        this.empty = new State(none);
        this.start = new State(follow(empty, id(ArpaReader.BEGIN)));
    }

    /** The length of the longest n-grams. */
    public int order() {
        return tables.size();
    }

    /** How many n-grams of a length the model lists. */
    public int size(int length) {
        return tables.get(length - 1).size();
    }

    /** The listed words, {@code <s>}, {@code </s>} and {@code <unk>} included. */
    public Set<String> vocabulary() {
        return Collections.unmodifiableSet(words.keySet());
    }

    /** Whether the model lists a word. */
    public boolean knows(String word) {
        return words.containsKey(word);
    }

    @Override
    public State start() {
        return start;
    }

    /** The state that knows of no word before, not even the beginning of a sentence. */
    public State empty() {
        return empty;
    }

    @Override
    public Scored score(State state, String word) {
        Integer listed = words.get(word);
        int id = listed == null ? unknown : listed;
        if (id < 0) {
            return new Scored(NEVER, empty, false);
        }
        return new Scored(logProbability(state, id), new State(follow(state, id)), listed != null);
    }

    @Override
    public double end(State state) {
        return logProbability(state, id(ArpaReader.END));
    }

    private int id(String word) {
        Integer id = words.get(word);
        if (id == null) {
            throw new IllegalArgumentException("the model does not list " + word);
        }
        return id;
    }

    private double logProbability(State state, int word) {
        double backoff = 0;
        for (int k = state.length(); k > 0; k--) {
            int context = state.context(k);
            if (context < 0) {
                continue; // not listed, so its back-off weight is 1
            }
            int slot = tables.get(k).find(context, word);
            if (slot >= 0) {
                return backoff + tables.get(k).logProbability(slot);
            }
            backoff += tables.get(k - 1).backoff(context);
        }
        return backoff + tables.get(0).logProbability(tables.get(0).find(0, word));
    }

    /** The contexts after one more word. */
    private int[] follow(State state, int word) {
        int[] next = new int[state.length()];
        for (int k = 1; k <= next.length; k++) {
            int context = k == 1 ? 0 : state.context(k - 1);
            next[k - 1] = context < 0 ? -1 : tables.get(k - 1).find(context, word);
        }
        return next;
    }
}
