package org.data2vec4j.evaluation.probe;

/** In which space neighbours are near. */
public enum KnnSpace {
    /** Features as they are: what papers report. A mean that all samples share, or a few strong directions, then decide who is near. */
    RAW {
        @Override
        Features[] of(Features bank, Features queries) {
            return new Features[] {bank, queries};
        }
    },
    /** Features centred and whitened by the mean and covariance of the bank, without labels: every direction counts alike. */
    WHITENED {
        @Override
        Features[] of(Features bank, Features queries) {
            return Whitening.byBank(bank, queries);
        }
    };

    /** Bank and queries in this space. */
    abstract Features[] of(Features bank, Features queries);
}
