package org.data2vec4j.lab.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.data2vec4j.core.Rng;
import org.data2vec4j.data.Batch;
import org.data2vec4j.train.run.PretrainConfig;

/** Random batches of a configuration's shape, made before anything is timed; each has samples of its own, so that masks differ. */
final class RandomBatches {
    private static final long PURPOSE = 0xBE7C4;

    private final List<Batch> batches;

    /** {@code count} different batches, a function of the configuration's seed. */
    RandomBatches(PretrainConfig config, int count) {
        List<Batch> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            made.add(batch(config, i));
        }
        batches = List.copyOf(made);
    }

    /** The batch of an update; they come round in turn. */
    Batch of(long update) {
        return batches.get((int) (update % batches.size()));
    }

    private static Batch batch(PretrainConfig config, int number) {
        int count = config.train().batch();
        long[] ids = LongStream.range((long) number * count, (long) (number + 1) * count)
                .toArray();
        return config.modality().random(Rng.of(config.seed(), PURPOSE, number), ids);
    }
}
