package org.data2vec4j.train.checkpoint;

import org.data2vec4j.data.LoaderPosition;

/**
 * Everything of a run that is not a tensor.
 *
 * @param format version of this form
 * @param update updates done
 * @param loader where the next batch begins
 * @param elapsed seconds of training so far, evaluation excluded
 * @param optimiserStep steps the optimiser has made
 * @param seed the run's seed
 * @param precision the precision that was chosen, so that a resumed run chooses the same
 * @param dataFingerprint of the data set
 * @param libraryVersion of data2vec4j
 * @param nativeVersion of libtorch and the processor's abilities
 */
public record CheckpointState(
        int format,
        long update,
        LoaderPosition loader,
        double elapsed,
        long optimiserStep,
        long seed,
        String precision,
        String dataFingerprint,
        String libraryVersion,
        String nativeVersion) {
    /** The version of the form that this build writes and reads. */
    public static final int FORMAT = 1;
}
