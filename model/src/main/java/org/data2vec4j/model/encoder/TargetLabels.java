package org.data2vec4j.model.encoder;

/** What is known of the samples of a batch, for supervised training; B samples. */
@SuppressWarnings("ArrayRecordComponent") // on their way through one step; never compared
public sealed interface TargetLabels
        permits TargetLabels.Classes, TargetLabels.Shares, TargetLabels.Values, TargetLabels.Sequences {
    /** How many samples are labelled: all of a batch. */
    int samples();

    /** A class for each sample, 0-based. */
    record Classes(int[] classes) implements TargetLabels {
        @Override
        public int samples() {
            return classes.length;
        }
    }

    /**
     * Each sample's shares of the classes, summing to 1: what mixing samples gives.
     *
     * @param shares (B·C) row by row
     * @param count C
     */
    record Shares(float[] shares, int count) implements TargetLabels {
        @Override
        public int samples() {
            return shares.length / count;
        }
    }

    /** A number for each sample, to be predicted as such. */
    record Values(float[] values) implements TargetLabels {
        @Override
        public int samples() {
            return values.length;
        }
    }

    /** A sequence for each sample, such as the letters of a transcript by number. */
    record Sequences(int[][] sequences) implements TargetLabels {
        @Override
        public int samples() {
            return sequences.length;
        }
    }
}
