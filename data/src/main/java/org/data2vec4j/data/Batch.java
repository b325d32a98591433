package org.data2vec4j.data;

/** Samples of one kind, prepared as plain arrays for one step. */
public interface Batch {
    /** The samples' stable numbers, which key their masks; as many as there are samples. */
    long[] ids();

    /** Where the batch after this one begins. */
    LoaderPosition next();

    /** Unusable samples passed over while this batch was filled. */
    int skipped();

    /** The number of samples. */
    default int size() {
        return ids().length;
    }
}
