package org.data2vec4j.text.data;

import java.util.List;
import org.data2vec4j.core.Check;
import org.data2vec4j.data.EpochOrder;
import org.data2vec4j.data.Loader;
import org.data2vec4j.data.LoaderPosition;
import org.data2vec4j.data.SampleSlots;
import org.data2vec4j.data.Shard;

/**
 * An endless stream of batches of token sequences: each epoch a permutation keyed by (seed, epoch), batches running on across
 * epochs. The tokens lie in mapped files or memory, so a batch is a copy of a few kilobytes, made where it is asked for.
 */
public final class TextLoader implements Loader<TextBatch> {
    private final TextSamples samples;
    private final EpochOrder order;
    private final int batchSize;
    private final List<String> skipped;
    private final Shard share;

    /**
     * Batches of {@code batchSize} sequences from {@code start} on. {@code skipped}: what was left out when the text was read,
     * such as {@link TokenCache#complaints()}.
     */
    public TextLoader(TextSamples samples, int batchSize, long seed, LoaderPosition start, List<String> skipped) {
        this(samples, batchSize, seed, start, skipped, Shard.WHOLE);
    }

    /** The same, of which this process takes a share; a batch may leave it nothing. */
    public TextLoader(
            TextSamples samples, int batchSize, long seed, LoaderPosition start, List<String> skipped, Shard share) {
        this.share = share;
        this.samples = samples;
        this.batchSize = Check.positive("batch.size", batchSize);
        this.order = new EpochOrder(samples.count(), seed, start);
        this.skipped = List.copyOf(skipped);
    }

    @Override
    public TextBatch next() {
        SampleSlots slots = order.take(batchSize).of(share);
        return TextBatch.of(samples, slots.samples(), order.position());
    }

    @Override
    public List<String> skippedFiles() {
        return skipped;
    }

    @Override
    public void close() {}
}
