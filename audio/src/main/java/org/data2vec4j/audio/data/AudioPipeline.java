package org.data2vec4j.audio.data;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.Function;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.SkippedSamples;
import org.data2vec4j.data.WorkerThreads;
import org.jspecify.annotations.Nullable;

/**
 * The batches of an order, in that order, whatever the number of threads. A recording that turns out to be unusable leaves its
 * batch smaller, so that no later batch depends on it; a batch without any is passed over.
 */
final class AudioPipeline implements AutoCloseable {
    private final ClipReader reader;
    private final BatchOrder order;
    private final int count;
    private final int prefetch;
    private final SkippedSamples skipped;
    private final WorkerThreads workers;
    private final boolean keepsEmpty;
    private final Deque<AudioBlock> ahead = new ArrayDeque<>();
    private int emptyInARow;
    private boolean closed;

    /** Measures the first {@code count} recordings; throws {@link UserException} if none can be used. */
    AudioPipeline(
            ClipReader reader,
            int count,
            AudioLoaderConfig config,
            Function<int[], BatchOrder> orders,
            Consumer<String> warnings) {
        this(reader, count, config, orders, warnings, false);
    }

    /**
     * The same.
     *
     * @param keepsEmpty whether a batch without any usable recording is given as such, because others have shares of it
     */
    AudioPipeline(
            ClipReader reader,
            int count,
            AudioLoaderConfig config,
            Function<int[], BatchOrder> orders,
            Consumer<String> warnings,
            boolean keepsEmpty) {
        this.keepsEmpty = keepsEmpty;
        this.reader = reader;
        this.count = count;
        this.prefetch = config.prefetch();
        this.skipped = new SkippedSamples("recordings", warnings);
        this.workers = new WorkerThreads("audio-loader", config.workers());
        boolean complete = false;
        try {
            int[] durations = reader.durations(count, workers);
            boolean any = false;
            for (int duration : durations) {
                any |= duration > 0;
            }
            if (!any) {
                throw noneUsable();
            }
            this.order = orders.apply(durations);
            reader.source().notes().forEach(warnings);
            fill();
            complete = true;
        } finally {
            if (!complete) {
                workers.close();
            }
        }
    }

    /** The next batch; null after the last of a finite order. */
    @Nullable
    AudioBatch next() {
        if (closed) {
            throw new IllegalStateException("the loader is closed");
        }
        int before = 0;
        AudioBlock block = ahead.peek();
        while (block != null) {
            AudioBlock.Filled filled = block.await(skipped);
            ahead.remove();
            fill();
            if (keepsEmpty || !filled.clips().isEmpty()) {
                emptyInARow = 0;
                return filled.batch(reader.source(), block.next(), before);
            }
            before += filled.passedOver();
            emptyInARow++;
            if (emptyInARow > 2 * order.batchesPerEpoch() + 1) { // more than a whole epoch of any cut
                throw noneUsable();
            }
            block = ahead.peek();
        }
        if (skipped.complaints().size() == count) {
            throw noneUsable();
        }
        return null;
    }

    SkippedSamples skipped() {
        return skipped;
    }

    @Override
    public void close() {
        closed = true;
        workers.close();
        ahead.clear();
    }

    private UserException noneUsable() {
        return new UserException(
                "none of the " + count + " recordings can be used; the first is " + reader.complaint(0));
    }

    private void fill() {
        while (ahead.size() <= prefetch) {
            PlannedBatch plan = order.next();
            if (plan == null) {
                return;
            }
            ahead.add(new AudioBlock(plan, reader, workers));
        }
    }
}
