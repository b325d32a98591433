package org.data2vec4j.model.encoder;

import org.data2vec4j.model.mask.MaskBatch;

/**
 * All masked positions, row by row, plain numbers.
 *
 * @param source (N) rows of the samples' targets (B·T)
 * @param places (N) rows of the clones' positions (R·T)
 */
@SuppressWarnings("ArrayRecordComponent") // on their way to a device; never compared
record MaskedEntries(long[] source, long[] places) {

    static MaskedEntries of(MaskBatch masks) {
        int size = masks.grid().size();
        long[] source = new long[masks.masked()];
        long[] places = new long[source.length];
        int n = 0;
        for (int row = 0; row < masks.rows(); row++) {
            for (int t = 0; t < size; t++) {
                if (masks.masked(row, t)) {
                    source[n] = (long) (row / masks.clones()) * size + t;
                    places[n++] = (long) row * size + t;
                }
            }
        }
        return new MaskedEntries(source, places);
    }
}
