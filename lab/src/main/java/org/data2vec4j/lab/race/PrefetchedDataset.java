package org.data2vec4j.lab.race;

import java.util.List;
import java.util.function.Consumer;
import org.data2vec4j.data.Batch;
import org.data2vec4j.data.Loader;
import org.data2vec4j.data.LoaderPosition;
import org.data2vec4j.train.data.Dataset;
import org.jspecify.annotations.Nullable;

/**
 * Data whose loaders have their first batch ready when they are opened: a slice is not charged for threads that begin. The data
 * stays open when this is closed.
 */
record PrefetchedDataset(Dataset feed) implements Dataset {
    @Override
    public int size() {
        return feed.size();
    }

    @Override
    public String description() {
        return feed.description();
    }

    @Override
    public String fingerprint() {
        return feed.fingerprint();
    }

    @Override
    public String contentHash() {
        return feed.contentHash();
    }

    @Override
    public Loader<Batch> loader(LoaderPosition start, Consumer<String> warnings) {
        return new Primed(feed.loader(start, warnings));
    }

    @Override
    public void close() {}

    private static final class Primed implements Loader<Batch> {
        private final Loader<? extends Batch> loader;
        private @Nullable Batch first;

        Primed(Loader<? extends Batch> loader) {
            this.loader = loader;
            try {
                this.first = loader.next();
            } catch (RuntimeException e) {
                loader.close();
                throw e;
            }
        }

        @Override
        public Batch next() {
            Batch ready = first;
            first = null;
            return ready == null ? loader.next() : ready;
        }

        @Override
        public List<String> skippedFiles() {
            return loader.skippedFiles();
        }

        @Override
        public void close() {
            loader.close();
        }
    }
}
