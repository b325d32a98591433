package org.data2vec4j.model.modality;

/** What is known of the samples of a batch, for supervised training; B samples. */
@SuppressWarnings("ArrayRecordComponent") // on their way through one step; never compared
public sealed interface Labels permits Labels.Classes, Labels.Shares, Labels.Values, Labels.Sequences {
    /** How many samples are labelled: all of a batch. */
    int samples();

    /** A class for each sample, 0-based. */
    record Classes(int[] classes) implements Labels {
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
    record Shares(float[] shares, int count) implements Labels {
        @Override
        public int samples() {
            return shares.length / count;
        }
    }

    /** A number for each sample, to be predicted as such. */
    record Values(float[] values) implements Labels {
        @Override
        public int samples() {
            return values.length;
        }
    }

    /** A sequence for each sample, such as the letters of a transcript by number. */
    record Sequences(int[][] sequences) implements Labels {
        @Override
        public int samples() {
            return sequences.length;
        }
    }
}
