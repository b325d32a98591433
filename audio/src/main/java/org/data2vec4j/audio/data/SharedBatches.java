package org.data2vec4j.audio.data;

import java.util.List;
import org.data2vec4j.data.Shard;
import org.jspecify.annotations.Nullable;

/** One process's share of every batch of an order; the first one counts the unusable recordings. */
record SharedBatches(BatchOrder whole, Shard share) implements BatchOrder {
    @Override
    public @Nullable PlannedBatch next() {
        PlannedBatch batch = whole.next();
        return batch == null
                ? null
                : new PlannedBatch(
                        share.of(batch.samples()),
                        batch.epoch(),
                        batch.crop(),
                        share.part() == 0 ? batch.unusable() : List.of(),
                        batch.next());
    }

    @Override
    public int batchesPerEpoch() {
        return whole.batchesPerEpoch();
    }
}
