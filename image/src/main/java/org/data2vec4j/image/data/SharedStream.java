package org.data2vec4j.image.data;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Consumer;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.LoaderPosition;
import org.data2vec4j.data.SampleOrder;
import org.data2vec4j.data.SampleSlots;
import org.data2vec4j.data.Shard;
import org.data2vec4j.data.SkippedSamples;
import org.data2vec4j.data.WorkerThreads;

/** One process's share of every batch of an order; samples that cannot be used leave it smaller. */
final class SharedStream implements ImageLoader.Batches {
    private final SampleReader reader;
    private final SampleOrder order;
    private final Shard share;
    private final ImageSize imageSize;
    private final int batchSize;
    private final int prefetch;
    private final SkippedSamples skipped;
    private final WorkerThreads workers;
    private final Deque<Part> ahead = new ArrayDeque<>();
    private boolean closed;

    private record Part(SampleBlock block, LoaderPosition next) {}

    SharedStream(
            SampleReader reader, SampleOrder order, Shard share, ImageLoaderConfig config, Consumer<String> warnings) {
        this.reader = reader;
        this.order = order;
        this.share = share;
        this.imageSize = config.imageSize();
        this.batchSize = config.batchSize();
        this.prefetch = config.prefetch();
        this.skipped = new SkippedSamples("images", warnings);
        this.workers = new WorkerThreads("image-loader", config.workers());
        fill();
    }

    @Override
    public ImageBatch next() {
        if (closed) {
            throw new IllegalStateException("the loader is closed");
        }
        Part part = ahead.remove();
        fill();
        SampleBlock block = part.block();
        block.await();
        int length = reader.length();
        int count = 0;
        int[] samples = new int[block.slots.count()];
        for (int i = 0; i < samples.length; i++) {
            if (block.usable[i]) {
                System.arraycopy(block.pixels, i * length, block.pixels, count * length, length);
                samples[count++] = block.slots.samples()[i];
            } else {
                skipped.add(block.slots.samples()[i], reader::complaint);
            }
        }
        if (reader.allUnusable()) {
            throw new UserException("none of the " + order.epochSize() + " images can be used; the first is "
                    + skipped.complaints().get(0));
        }
        boolean complete = count == samples.length;
        return ImageStream.batch(
                reader,
                imageSize,
                complete ? samples : Arrays.copyOf(samples, count),
                complete ? block.pixels : Arrays.copyOf(block.pixels, count * length),
                part.next(),
                samples.length - count);
    }

    private void fill() {
        while (ahead.size() <= prefetch) {
            SampleSlots slots = order.take(batchSize);
            LoaderPosition next = slots.after(slots.count() - 1, order.epochSize());
            ahead.add(new Part(new SampleBlock(slots.of(share), reader, workers), next));
        }
    }

    @Override
    public SkippedSamples skipped() {
        return skipped;
    }

    @Override
    public void close() {
        closed = true;
        workers.close();
        ahead.clear();
    }
}
