package org.data2vec4j.audio.data;

import org.data2vec4j.core.Check;

/**
 * How batches are made. {@code minSamples}: shorter recordings are skipped; {@code maxSamples}: longer ones are cropped to it;
 * {@code minCrop}: each batch draws its own crop length from {@code minCrop} to {@code maxSamples} (equal: always
 * {@code maxSamples}), because a model that only ever sees one length learns to tell places instead of sounds; {@code normalize}:
 * every recording, before it is cropped, to mean 0 and variance 1; {@code normalizeEpsilon}: added to that variance; {@code
 * skipSilent}: pass over recordings whose samples are all
 * equal; {@code seed}: of order and crops; {@code workers}: threads that read; {@code prefetch}: batches read ahead of the one in
 * use. Threads and prefetch do not change what the batches hold.
 */
public record AudioLoaderConfig(
        int minSamples,
        int maxSamples,
        int minCrop,
        boolean normalize,
        double normalizeEpsilon,
        boolean skipSilent,
        BatchSize batch,
        long seed,
        int workers,
        int prefetch) {
    /** What fairseq adds to the variance of a recording. */
    public static final double NORMALIZE_EPSILON = 1e-5;

    /** The {@code maxSamples} of loaders that never crop. */
    public static final int NO_LIMIT = Integer.MAX_VALUE;

    /** Refuses lengths that do not ascend, a budget below one full crop, no workers and negative prefetch. */
    public AudioLoaderConfig {
        Check.positive("min_samples", minSamples);
        Check.inRange("max_samples", maxSamples, minSamples, NO_LIMIT);
        Check.inRange("min_crop", minCrop, Math.min(minSamples, maxSamples), maxSamples);
        if (batch instanceof BatchSize.BySamples budget && maxSamples != NO_LIMIT) {
            Check.that(
                    budget.samples() >= maxSamples,
                    "batch.samples is " + budget.samples() + ", less than one crop of audio.max_samples " + maxSamples
                            + "; raise the one or lower the other");
        }
        Check.inRange("workers", workers, 1, 1024);
        Check.inRange("prefetch", prefetch, 0, 1024);
    }

    /** Which recordings are used, and how they are prepared. */
    public ClipRules rules() {
        return new ClipRules(minSamples, normalize, normalizeEpsilon, skipSilent);
    }

    /** Random crops of at most {@code maxSamples} of normalised recordings, seed 0, one worker, one batch ahead. */
    public static AudioLoaderConfig training(int minSamples, int maxSamples, BatchSize batch) {
        return new AudioLoaderConfig(minSamples, maxSamples, maxSamples, true, NORMALIZE_EPSILON, true, batch, 0, 1, 1);
    }

    /** Whole normalised recordings of any length, silent ones too; one worker, one batch ahead. */
    public static AudioLoaderConfig evaluation(BatchSize batch) {
        return new AudioLoaderConfig(1, NO_LIMIT, NO_LIMIT, true, NORMALIZE_EPSILON, false, batch, 0, 1, 1);
    }

    /** The same with crops of varied lengths. */
    public AudioLoaderConfig withMinCrop(int shortest) {
        return new AudioLoaderConfig(
                minSamples,
                maxSamples,
                shortest,
                normalize,
                normalizeEpsilon,
                skipSilent,
                batch,
                seed,
                workers,
                prefetch);
    }

    /** The same with normalisation or without. */
    public AudioLoaderConfig withNormalize(boolean normalized) {
        return new AudioLoaderConfig(
                minSamples,
                maxSamples,
                minCrop,
                normalized,
                normalizeEpsilon,
                skipSilent,
                batch,
                seed,
                workers,
                prefetch);
    }

    /** The same in other batches. */
    public AudioLoaderConfig withBatch(BatchSize other) {
        return new AudioLoaderConfig(
                minSamples,
                maxSamples,
                minCrop,
                normalize,
                normalizeEpsilon,
                skipSilent,
                other,
                seed,
                workers,
                prefetch);
    }

    /** The same with another seed. */
    public AudioLoaderConfig withSeed(long other) {
        return new AudioLoaderConfig(
                minSamples,
                maxSamples,
                minCrop,
                normalize,
                normalizeEpsilon,
                skipSilent,
                batch,
                other,
                workers,
                prefetch);
    }

    /** The same with other numbers of threads and of batches read ahead. */
    public AudioLoaderConfig withThreads(int threads, int batchesAhead) {
        return new AudioLoaderConfig(
                minSamples,
                maxSamples,
                minCrop,
                normalize,
                normalizeEpsilon,
                skipSilent,
                batch,
                seed,
                threads,
                batchesAhead);
    }
}
