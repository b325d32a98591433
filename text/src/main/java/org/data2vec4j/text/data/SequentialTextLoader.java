package org.data2vec4j.text.data;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.data2vec4j.core.Check;
import org.data2vec4j.data.SequentialOrder;

/** The first sequences of a set, each once, in order; every iteration begins anew. */
public final class SequentialTextLoader implements Iterable<TextBatch> {
    private final TextSamples samples;
    private final int batchSize;
    private final int count;

    /** Up to {@code most} sequences in batches of {@code batchSize}, the last one smaller. */
    public SequentialTextLoader(TextSamples samples, int batchSize, int most) {
        this.samples = samples;
        this.batchSize = Check.positive("batch.size", batchSize);
        this.count = Math.min(samples.count(), Check.positive("samples", most));
    }

    @Override
    public Iterator<TextBatch> iterator() {
        SequentialOrder order = new SequentialOrder(count);
        return new Iterator<>() {
            private int[] indexes = order.take(batchSize).samples();

            @Override
            public boolean hasNext() {
                return indexes.length > 0;
            }

            @Override
            public TextBatch next() {
                if (indexes.length == 0) {
                    throw new NoSuchElementException();
                }
                TextBatch batch = TextBatch.of(samples, indexes, order.position());
                indexes = order.take(batchSize).samples();
                return batch;
            }
        };
    }
}
