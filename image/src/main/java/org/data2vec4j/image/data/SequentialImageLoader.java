package org.data2vec4j.image.data;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.data2vec4j.core.Check;
import org.data2vec4j.data.SequentialOrder;
import org.jspecify.annotations.Nullable;

/**
 * The first pictures of a source, each once, in order, without augmentation beyond the configured crop: for evaluation. Each
 * iterator is a new pass; starting one ends the one before. The last batch may be smaller. Used by one thread; the source is not
 * closed.
 */
public final class SequentialImageLoader implements Iterable<ImageBatch>, AutoCloseable {
    private final SampleReader reader;
    private final ImageLoaderConfig config;
    private final int count;
    private final Consumer<String> warnings;
    private @Nullable ImageStream stream;
    private List<String> skipped = new ArrayList<>();

    /** A pass over the first {@code limit} pictures, or all if there are fewer; {@code limit} is positive. */
    public SequentialImageLoader(ImageSource source, ImageLoaderConfig config, int limit, Consumer<String> warnings) {
        ImageTransform transform =
                new ImageTransform(config.imageSize(), config.augmentation(), config.normalization());
        this.reader = new SampleReader(source, transform, config.seed());
        this.config = config;
        this.count = Math.min(source.size(), Check.positive("limit", limit));
        this.warnings = warnings;
    }

    /** Starts a pass from the first picture; throws {@link org.data2vec4j.core.UserException} if none can be used. */
    @Override
    public Iterator<ImageBatch> iterator() {
        close();
        ImageStream pass = new ImageStream(reader, new SequentialOrder(count), config, warnings);
        stream = pass;
        return new Iterator<>() {
            private @Nullable ImageBatch following = pass.next();

            @Override
            public boolean hasNext() {
                return following != null;
            }

            @Override
            public ImageBatch next() {
                ImageBatch batch = following;
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

    /** Names and reasons of the pictures skipped by the latest pass up to now. */
    public List<String> skippedFiles() {
        ImageStream current = stream;
        return current == null ? List.copyOf(skipped) : current.skipped().complaints();
    }

    /** Ends the pass under way and its threads; another can be started. */
    @Override
    public void close() {
        ImageStream current = stream;
        if (current != null) {
            skipped = current.skipped().complaints();
            current.close();
            stream = null;
        }
    }
}
