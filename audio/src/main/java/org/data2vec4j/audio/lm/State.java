package org.data2vec4j.audio.lm;

import java.util.Arrays;

/**
 * What a model remembers of the words so far: for each length k its entry for the last k words, or −1 if it lists no such
 * sequence. Two equal states get the same probabilities from the model they came from, whatever words follow.
 */
public final class State {
    private final int[] contexts; // [k − 1] is the slot of the last k words among the model's k-grams

    State(int[] contexts) {
        this.contexts = contexts;
    }

    /** How many preceding words can matter; a model of order n remembers n − 1 at most. */
    int length() {
        return contexts.length;
    }

    /** The slot of the last {@code words} words, or −1. */
    int context(int words) {
        return contexts[words - 1];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof State state && Arrays.equals(contexts, state.contexts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(contexts);
    }

    @Override
    public String toString() {
        return "State" + Arrays.toString(contexts);
    }
}
