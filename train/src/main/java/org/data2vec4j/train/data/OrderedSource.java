package org.data2vec4j.train.data;

import java.util.List;
import org.data2vec4j.data.Batch;

/** Opened samples that are visited once, whole and in order, as an embedding does. Samples are numbered upwards. */
public interface OrderedSource extends AutoCloseable {
    /** What the number of samples is where it is known only at the end. */
    int UNKNOWN = -1;

    /** Is told of one batch after the other. */
    @FunctionalInterface
    interface Visitor {
        /**
         * Visits a batch.
         *
         * @param batch the samples
         * @param numbers the number of each sample
         * @param names the name of each sample
         */
        void visit(Batch batch, long[] numbers, List<String> names);
    }

    /** How many samples there are, or {@link #UNKNOWN}. */
    int size();

    /** A hash, or other words, by which the same data is known again. */
    String fingerprint();

    /**
     * Visits the samples from the one after number {@code last} on; -1 visits all. If {@code last + 1} is the first sample of a batch
     * of a visit of all, that batch and those that follow are the same as there, which makes the same vectors to the bit.
     */
    void visitAfter(long last, Visitor visitor);

    /** Frees files and temporary space. */
    @Override
    void close();
}
