package org.data2vec4j.train.data;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Samples with the bytes of their files, in a fixed order: sample {@code i} of 0 to {@code size() - 1} is always the same one. What an
 * index of vectors needs of data: names and bytes to know a sample again, a label and a preview to show it. All methods but {@link
 * #close()} may be called from many threads at once.
 */
public interface SampleCollection extends AutoCloseable {
    /** The number of samples. */
    int size();

    /** A name by which a user finds the sample: the path of a file, {@code shard!entry}, or {@code file:line}. */
    String name(int index);

    /** The name of the sample's class; null if it is unknown. */
    @Nullable
    String label(int index);

    /** The bytes of the sample's file, in the form that {@link InputReader#add(byte[])} takes. */
    byte[] read(int index) throws IOException;

    /**
     * How a page shows the sample.
     *
     * @param file what {@link #read} gave
     */
    Preview preview(int index, byte[] file);

    /** Frees files and temporary space. */
    @Override
    void close();
}
