package org.data2vec4j.train.data;

import java.util.function.Consumer;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.Batch;
import org.data2vec4j.data.Loader;
import org.data2vec4j.data.LoaderPosition;
import org.data2vec4j.data.Shard;

/** Opened training data. */
public interface Dataset extends AutoCloseable {
    /** How many samples there are. */
    int size();

    /** What it is, for a line on the terminal, such as {@code 50,000 images in 10 classes}. */
    String description();

    /** A hash over what the data is, by which a resumed run knows that it is the same. */
    String fingerprint();

    /**
     * A hash over what is in some of its files, which notices files that were changed in place; empty if there is none. It is apart
     * from the fingerprint, which names caches and old checkpoints.
     */
    default String contentHash() {
        return "";
    }

    /**
     * Batches from a position on; to be closed.
     *
     * @param warnings told of samples that are skipped
     */
    Loader<? extends Batch> loader(LoaderPosition start, Consumer<String> warnings);

    /**
     * One process's share of the same batches; to be closed.
     *
     * @throws UserException if this data cannot be shared
     */
    default Loader<? extends Batch> loader(LoaderPosition start, Shard share, Consumer<String> warnings) {
        if (!share.whole()) {
            throw new UserException("this data cannot be shared by several processes; train with one process");
        }
        return loader(start, warnings);
    }

    /**
     * Whether its samples have classes that encoders are measured by unless a recipe says otherwise. Audio in folders does not count:
     * folders are often books or speakers.
     */
    default boolean hasClasses() {
        return false;
    }

    /** Frees files and temporary space. */
    @Override
    void close();
}
