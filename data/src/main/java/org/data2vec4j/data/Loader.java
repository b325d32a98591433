package org.data2vec4j.data;

import java.util.List;

/**
 * An endless stream of training batches in a keyed order: the same settings and start give the same batches with any number of
 * threads, and a loader that starts at {@link Batch#next()} gives exactly the batches that would have followed. Used by one thread.
 *
 * @param <B> the kind of batch
 */
public interface Loader<B extends Batch> extends AutoCloseable {
    /** The next batch; throws {@link org.data2vec4j.core.UserException} when no sample of the source can be used. */
    B next();

    /** Names and reasons of the distinct samples skipped up to the last batch, in the order met. */
    List<String> skippedFiles();

    /** Stops the threads; returns when the samples in work are done. */
    @Override
    void close();
}
