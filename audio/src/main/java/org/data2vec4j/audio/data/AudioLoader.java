package org.data2vec4j.audio.data;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.data2vec4j.data.Loader;
import org.data2vec4j.data.LoaderPosition;
import org.data2vec4j.data.Shard;

/**
 * An endless stream of training batches of recordings of like length: each epoch's batches are keyed by (seed, epoch) and the
 * recordings' durations, each crop by (seed, epoch, sample). Every usable recording comes once in an epoch. The offset of a
 * {@link LoaderPosition} counts the batches of its epoch, so a run resumes only with the same data and batch size.
 *
 * <p>Recordings that cannot be decoded, are shorter than the least length, silent, or hold samples that are not finite are passed
 * over and named; those known from their headers count with the first batch of each epoch. Used by one thread; the source is not
 * closed.
 */
public final class AudioLoader implements Loader<AudioBatch> {
    private final AudioPipeline pipeline;

    /**
     * Measures all recordings, then starts reading. {@code warnings} is told the source's notes at once and, from {@link #next()},
     * of each distinct recording that is skipped, up to a score of them. Throws {@link org.data2vec4j.core.UserException} for a
     * start beyond the epoch's batches, and when no recording can be used.
     */
    public AudioLoader(AudioSource source, AudioLoaderConfig config, LoaderPosition start, Consumer<String> warnings) {
        this(source, config, start, warnings, Shard.WHOLE);
    }

    /** The same batches, of which this process takes a share; a batch may leave it nothing. */
    public AudioLoader(
            AudioSource source,
            AudioLoaderConfig config,
            LoaderPosition start,
            Consumer<String> warnings,
            Shard share) {
        this.pipeline = new AudioPipeline(
                new ClipReader(source, config, true),
                source.size(),
                config,
                durations -> {
                    BatchOrder order = new EpochBatches(durations, config, start);
                    return share.whole() ? order : new SharedBatches(order, share);
                },
                warnings,
                !share.whole());
    }

    /**
     * The next batch. Throws {@link org.data2vec4j.core.UserException} when no recording of the source can be used, whatever a
     * worker thread threw, and {@link IllegalStateException} after {@link #close()}.
     */
    @Override
    public AudioBatch next() {
        return Objects.requireNonNull(pipeline.next(), "the order of a training stream has no end");
    }

    @Override
    public List<String> skippedFiles() {
        return pipeline.skipped().complaints();
    }

    @Override
    public void close() {
        pipeline.close();
    }
}
