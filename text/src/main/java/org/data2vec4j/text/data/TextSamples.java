package org.data2vec4j.text.data;

/** A fixed, ordered set of token sequences, special tokens included; each has at least two tokens. Thread-safe. */
public interface TextSamples {
    /** The number of sequences, at least one. */
    int count();

    /** The tokens in a sequence. */
    int length(int index);

    /** Copies a sequence to {@code to} from {@code at} on. */
    void copy(int index, int[] to, int at);

    /** The id that fills batches up. */
    int pad();

    /** Whether sequences have targets. */
    default boolean labelled() {
        return false;
    }

    /** The class or value of a sequence; NaN if unknown. */
    default float target(int index) {
        return Float.NaN;
    }
}
