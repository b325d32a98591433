package org.data2vec4j.train;

import org.data2vec4j.core.Check;
import org.data2vec4j.train.distributed.DistributedConfig;

/**
 * The training loop.
 *
 * @param updates optimiser updates in the whole run
 * @param batch samples per micro-batch
 * @param accumulate micro-batches per update
 * @param threads processor threads of one operator; 0 for all cores, or a fair part of them for each process of a machine
 * @param workers threads that read and augment data
 * @param clip largest norm of an update's gradient; 0 for no limit
 * @param logEvery updates between two lines of metrics
 * @param diagnoseEvery updates between two measurements of health, which cost time
 * @param distributed how several processes train together; a batch is then shared by all of them
 */
public record TrainConfig(
        long updates,
        int batch,
        int accumulate,
        int threads,
        int workers,
        double clip,
        int logEvery,
        int diagnoseEvery,
        DistributedConfig distributed) {
    /** Checks the ranges. */
    public TrainConfig {
        Check.positive("updates", updates);
        Check.inRange("batch", batch, 1, 1 << 20);
        Check.inRange("accumulate", accumulate, 1, 1 << 20);
        Check.inRange("threads", threads, 0, 4096);
        Check.inRange("workers", workers, 1, 1024);
        Check.notNegative("clip", clip);
        Check.positive("log_every", logEvery);
        Check.positive("diagnose_every", diagnoseEvery);
    }

    /** Settings of a run whose processes, if there are several, are given no settings of their own. */
    public TrainConfig(
            long updates,
            int batch,
            int accumulate,
            int threads,
            int workers,
            double clip,
            int logEvery,
            int diagnoseEvery) {
        this(updates, batch, accumulate, threads, workers, clip, logEvery, diagnoseEvery, DistributedConfig.defaults());
    }

    /** What a recipe that leaves settings out gets. */
    public static TrainConfig defaults() {
        return new TrainConfig(1000, 64, 1, 0, 1, 4, 10, 50);
    }
}
