package org.data2vec4j.audio.data;

import org.jspecify.annotations.Nullable;

/** The order in which batches are made; a pure function of its settings, consumed by one thread. */
interface BatchOrder {
    /** The next batch; null after the last of a finite order. */
    @Nullable
    PlannedBatch next();

    /** The batches after which every sample has been met. */
    int batchesPerEpoch();
}
