package org.data2vec4j.image.data;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Consumer;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.LoaderPosition;
import org.data2vec4j.data.SampleOrder;
import org.data2vec4j.data.SampleSlots;
import org.data2vec4j.data.SkippedSamples;
import org.data2vec4j.data.WorkerThreads;
import org.jspecify.annotations.Nullable;

/**
 * Batches of the usable samples of an order, in that order, whatever the number of threads. Workers read blocks of a batch's
 * size ahead; as long as nothing was skipped a block is the batch, otherwise batches are gathered across blocks.
 */
final class ImageStream implements ImageLoader.Batches {
    private final SampleReader reader;
    private final SampleOrder order;
    private final ImageSize imageSize;
    private final int batchSize;
    private final int prefetch;
    private final SkippedSamples skipped;
    private final WorkerThreads workers;
    private final Deque<SampleBlock> ahead = new ArrayDeque<>();
    private int cursor; // the place in the first block from which the next batch goes on
    private boolean closed;
    private boolean anyUsable;

    ImageStream(SampleReader reader, SampleOrder order, ImageLoaderConfig config, Consumer<String> warnings) {
        this.reader = reader;
        this.order = order;
        this.imageSize = config.imageSize();
        this.batchSize = config.batchSize();
        this.prefetch = config.prefetch();
        this.skipped = new SkippedSamples("images", warnings);
        this.workers = new WorkerThreads("image-loader", config.workers());
        fill();
    }

    /** The next batch: smaller than the others only at the end of a finite order, null after it. */
    @Override
    public @Nullable ImageBatch next() {
        if (closed) {
            throw new IllegalStateException("the loader is closed");
        }
        SampleBlock head = ahead.peek();
        if (head != null && cursor == 0) {
            head.await();
            if (head.complete()) {
                anyUsable = true;
                pass();
                return batch(
                        head.slots.samples(),
                        head.pixels,
                        head.slots.after(head.slots.count() - 1, order.epochSize()),
                        0);
            }
        }
        return gather();
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

    private @Nullable ImageBatch gather() {
        int length = reader.length();
        int[] samples = new int[batchSize];
        float[] pixels = new float[batchSize * length];
        int count = 0;
        int passedOver = 0;
        LoaderPosition next = order.position();
        SampleBlock block = ahead.peek();
        while (block != null && count < batchSize) {
            block.await();
            int sample = block.slots.samples()[cursor];
            if (block.usable[cursor]) {
                samples[count] = sample;
                System.arraycopy(block.pixels, cursor * length, pixels, count * length, length);
                count++;
                anyUsable = true;
            } else {
                skipped.add(sample, reader::complaint);
                passedOver++;
            }
            next = block.slots.after(cursor, order.epochSize());
            cursor++;
            if (cursor == block.slots.count()) {
                pass();
                failIfNothingIsUsable();
                block = ahead.peek();
            }
        }
        if (count == 0) {
            return null;
        }
        boolean full = count == batchSize;
        return batch(
                full ? samples : Arrays.copyOf(samples, count),
                full ? pixels : Arrays.copyOf(pixels, count * length),
                next,
                passedOver);
    }

    private void pass() {
        ahead.remove();
        cursor = 0;
        fill();
    }

    private void fill() {
        while (ahead.size() <= prefetch) {
            SampleSlots slots = order.take(batchSize);
            if (slots.count() == 0) {
                return;
            }
            ahead.add(new SampleBlock(slots, reader, workers));
        }
    }

    private void failIfNothingIsUsable() {
        if (reader.allUnusable() || (!anyUsable && ahead.isEmpty())) {
            throw new UserException("none of the " + order.epochSize() + " images can be used; the first is "
                    + skipped.complaints().get(0));
        }
    }

    private ImageBatch batch(int[] samples, float[] pixels, LoaderPosition next, int passedOver) {
        return batch(reader, imageSize, samples, pixels, next, passedOver);
    }

    /** The batch of some samples. */
    static ImageBatch batch(
            SampleReader reader,
            ImageSize imageSize,
            int[] samples,
            float[] pixels,
            LoaderPosition next,
            int passedOver) {
        long[] ids = new long[samples.length];
        int[] labels = new int[samples.length];
        for (int i = 0; i < samples.length; i++) {
            ids[i] = samples[i];
            labels[i] = reader.source().label(samples[i]);
        }
        return new ImageBatch(ids, labels, 3, imageSize.height(), imageSize.width(), pixels, next, passedOver);
    }
}
