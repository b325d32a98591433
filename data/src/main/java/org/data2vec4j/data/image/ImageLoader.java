package org.data2vec4j.data.image;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.EpochOrder;
import org.data2vec4j.data.Loader;
import org.data2vec4j.data.LoaderPosition;

/**
 * An endless stream of training batches: each epoch a permutation of the source keyed by (seed, epoch), each augmentation keyed
 * by (seed, epoch, sample), batches running on across epochs. The same settings and start give the same batches with any number
 * of threads, and a loader that starts at {@link ImageBatch#next()} gives exactly the batches that would have followed.
 *
 * <p>Pictures that cannot be decoded or have a side below 8 pixels are passed over and named; the next one of the order takes
 * the place. Used by one thread; the source is not closed.
 */
public final class ImageLoader implements Loader<ImageBatch> {
    private final ImageStream stream;

    /**
     * Starts reading at once. {@code warnings} is told, from {@link #next()}, of each distinct picture that is skipped, up to a
     * score of them. A start beyond the source's size throws {@link UserException}.
     */
    public ImageLoader(ImageSource source, ImageLoaderConfig config, LoaderPosition start, Consumer<String> warnings) {
        ImageTransform transform =
                new ImageTransform(config.imageSize(), config.augmentation(), config.normalization());
        SampleReader reader = new SampleReader(source, transform, config.seed());
        this.stream = new ImageStream(reader, new EpochOrder(source.size(), config.seed(), start), config, warnings);
    }

    /**
     * The next batch, of exactly the configured size. Throws {@link UserException} when no picture of the source can be used,
     * whatever a worker thread threw, and {@link IllegalStateException} after {@link #close()}.
     */
    @Override
    public ImageBatch next() {
        return Objects.requireNonNull(stream.next(), "the order of a training stream has no end");
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
