package org.data2vec4j.image.data;

import org.data2vec4j.core.Check;

/**
 * How batches are made. {@code imageSize}: of the inputs; {@code batchSize}: pictures per batch;
 * {@code seed}: of order and augmentation; {@code workers}: threads that read; {@code prefetch}: batches read ahead of the one
 * in use (the memory is {@code prefetch + 1} batches). Threads and prefetch do not change what the batches hold.
 */
public record ImageLoaderConfig(
        ImageSize imageSize,
        int batchSize,
        Augmentation augmentation,
        Normalization normalization,
        long seed,
        int workers,
        int prefetch) {
    /** Refuses sides below 8, empty batches, batches beyond 2^31 samples, no workers and negative prefetch. */
    public ImageLoaderConfig {
        Check.inRange("image.size", imageSize.shorter(), SampleReader.SMALLEST_SIDE, Integer.MAX_VALUE);
        Check.inRange("batch.size", batchSize, 1, Integer.MAX_VALUE / (3 * imageSize.pixels()));
        Check.inRange("workers", workers, 1, 1024);
        Check.inRange("prefetch", prefetch, 0, 1024);
    }

    /** Centre crops with the given normalisation, seed 0, one worker, one batch ahead. */
    public static ImageLoaderConfig evaluation(ImageSize imageSize, int batchSize, Normalization normalization) {
        return new ImageLoaderConfig(imageSize, batchSize, Augmentation.EVALUATION, normalization, 0, 1, 1);
    }

    /** The same with another augmentation and seed. */
    public ImageLoaderConfig withAugmentation(Augmentation other, long otherSeed) {
        return new ImageLoaderConfig(imageSize, batchSize, other, normalization, otherSeed, workers, prefetch);
    }

    /** The same with other numbers of threads and of batches read ahead. */
    public ImageLoaderConfig withThreads(int threads, int batchesAhead) {
        return new ImageLoaderConfig(imageSize, batchSize, augmentation, normalization, seed, threads, batchesAhead);
    }
}
