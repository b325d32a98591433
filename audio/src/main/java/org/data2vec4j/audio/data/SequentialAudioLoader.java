package org.data2vec4j.audio.data;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.data2vec4j.core.Check;
import org.jspecify.annotations.Nullable;

/**
 * The first recordings of a source, each once, in order, for evaluation; those longer than the most samples are cut at their end.
 * Each iterator is a new pass; starting one ends the one before. Used by one thread; the source is not closed.
 */
public final class SequentialAudioLoader implements Iterable<AudioBatch>, AutoCloseable {
    private final ClipReader reader;
    private final AudioLoaderConfig config;
    private final int count;
    private final Consumer<String> warnings;
    private @Nullable AudioPipeline pipeline;
    private List<String> skipped = List.of();

    /** A pass over the first {@code limit} recordings, or all if there are fewer; {@code limit} is positive. */
    public SequentialAudioLoader(AudioSource source, AudioLoaderConfig config, int limit, Consumer<String> warnings) {
        this.reader = new ClipReader(source, config, false);
        this.config = config;
        this.count = Math.min(source.size(), Check.positive("limit", limit));
        this.warnings = warnings;
    }

    /** Starts a pass from the first recording; throws {@link org.data2vec4j.core.UserException} if none can be used. */
    @Override
    public Iterator<AudioBatch> iterator() {
        return iterator(-1);
    }

    /** The passes that begin with the first batch that has a recording after number {@code last}; -1 for all. */
    public Iterable<AudioBatch> after(int last) {
        return () -> iterator(last);
    }

    private Iterator<AudioBatch> iterator(int last) {
        close();
        AudioPipeline pass = new AudioPipeline(
                reader, count, config, durations -> new SourceBatches(durations, config, last), warnings);
        pipeline = pass;
        AudioBatch first = first(pass);
        return new Iterator<>() {
            private @Nullable AudioBatch following = first;

            @Override
            public boolean hasNext() {
                return following != null;
            }

            @Override
            public AudioBatch next() {
                AudioBatch batch = following;
                if (batch == null) {
                    throw new NoSuchElementException("the pass is over");
                }
                following = pass.next();
                if (following == null) {
                    close();
                }
                return batch;
            }
        };
    }

    /** A pass that cannot begin is not left running. */
    private @Nullable AudioBatch first(AudioPipeline pass) {
        boolean begun = false;
        try {
            AudioBatch batch = pass.next();
            begun = true;
            return batch;
        } finally {
            if (!begun) {
                close();
            }
        }
    }

    /** Names and reasons of the recordings skipped by the latest pass up to now. */
    public List<String> skippedFiles() {
        AudioPipeline current = pipeline;
        return current == null ? skipped : current.skipped().complaints();
    }

    /** Ends the pass under way and its threads; another can be started. */
    @Override
    public void close() {
        AudioPipeline current = pipeline;
        if (current != null) {
            skipped = current.skipped().complaints();
            current.close();
            pipeline = null;
        }
    }
}
