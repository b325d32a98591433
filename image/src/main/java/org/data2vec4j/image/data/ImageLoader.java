package org.data2vec4j.image.data;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.EpochOrder;
import org.data2vec4j.data.Loader;
import org.data2vec4j.data.LoaderPosition;
import org.data2vec4j.data.Shard;
import org.data2vec4j.data.SkippedSamples;
import org.jspecify.annotations.Nullable;

/**
 * An endless stream of training batches: each epoch a permutation of the source keyed by (seed, epoch), each augmentation keyed
 * by (seed, epoch, sample), batches running on across epochs. The same settings and start give the same batches with any number
 * of threads, and a loader that starts at {@link ImageBatch#next()} gives exactly the batches that would have followed.
 *
 * <p>Pictures that cannot be decoded or have a side below 8 pixels are passed over and named; the next one of the order takes
 * the place. Used by one thread; the source is not closed.
 */
public final class ImageLoader implements Loader<ImageBatch> {
    private final Batches stream;

    /**
     * Starts reading at once. {@code warnings} is told, from {@link #next()}, of each distinct picture that is skipped, up to a
     * score of them. A start beyond the source's size throws {@link UserException}.
     */
    public ImageLoader(ImageSource source, ImageLoaderConfig config, LoaderPosition start, Consumer<String> warnings) {
        this(source, config, start, warnings, Shard.WHOLE);
    }

    /**
     * The same batches, of which this process takes a share. A picture that cannot be used then leaves its batch smaller, because no
     * process knows what the others have passed over; a batch may leave this process nothing.
     */
    public ImageLoader(
            ImageSource source,
            ImageLoaderConfig config,
            LoaderPosition start,
            Consumer<String> warnings,
            Shard share) {
        ImageTransform transform =
                new ImageTransform(config.imageSize(), config.augmentation(), config.normalization());
        SampleReader reader = new SampleReader(source, transform, config.seed());
        source.notes().forEach(warnings);
        EpochOrder order = new EpochOrder(source.size(), config.seed(), start);
        this.stream = share.whole()
                ? new ImageStream(reader, order, config, warnings)
                : new SharedStream(reader, order, share, config, warnings);
    }

    /**
     * The next batch, of exactly the configured size. Throws {@link UserException} when no picture of the source can be used,
     * whatever a worker thread threw, and {@link IllegalStateException} after {@link #close()}.
     */
    @Override
    public ImageBatch next() {
        return Objects.requireNonNull(stream.next(), "the order of a training stream has no end");
    }

    /** Batches in an order. */
    sealed interface Batches extends AutoCloseable permits ImageStream, SharedStream {
        /** The next batch; null after the last of a finite order. */
        @Nullable
        ImageBatch next();

        /** What was passed over. */
        SkippedSamples skipped();

        @Override
        void close();
    }

    /** Names and reasons of the distinct pictures skipped up to the last batch, in the order met. */
    @Override
    public List<String> skippedFiles() {
        return stream.skipped().complaints();
    }

    /** Stops the threads; returns when the pictures in work are done. */
    @Override
    public void close() {
        stream.close();
    }
}
