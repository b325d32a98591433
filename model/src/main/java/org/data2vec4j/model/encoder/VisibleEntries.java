package org.data2vec4j.model.encoder;

import java.util.Arrays;
import org.data2vec4j.model.mask.MaskBatch;
import org.jspecify.annotations.Nullable;

/**
 * The visible positions of every row as lists of equal length V, plain numbers.
 *
 * @param width V
 * @param source (R·V) rows of the samples' tokens (B·T)
 * @param kept (R·V′) which of the R·V entries are real; null if all are
 * @param positions (R·V) positions on the grid
 * @param scores (R·V) 0, or −∞ where an entry fills up or is padding; null if none is
 */
@SuppressWarnings("ArrayRecordComponent") // on their way to a device; never compared
record VisibleEntries(int width, long[] source, long @Nullable [] kept, float[] positions, float @Nullable [] scores) {

    static VisibleEntries of(MaskBatch masks) {
        int width = masks.visible();
        int size = masks.grid().size();
        long[] source = new long[masks.rows() * width];
        float[] positions = new float[source.length];
        float[] scores = new float[source.length];
        long[] kept = new long[source.length];
        int real = 0;
        boolean hidden = false;
        for (int row = 0; row < masks.rows(); row++) {
            int sample = row / masks.clones();
            int entry = row * width;
            for (int t = 0; t < size; t++) {
                if (masks.visible(row, t)) {
                    source[entry] = (long) sample * size + t;
                    positions[entry] = t;
                    if (t >= masks.layout().length(sample)) {
                        scores[entry] = Float.NEGATIVE_INFINITY;
                        hidden = true;
                    }
                    kept[real++] = entry++;
                }
            }
            for (; entry < (row + 1) * width; entry++) {
                source[entry] = (long) sample * size;
                scores[entry] = Float.NEGATIVE_INFINITY;
                hidden = true;
            }
        }
        boolean all = real == source.length;
        return new VisibleEntries(
                width, source, all ? null : Arrays.copyOf(kept, real), positions, hidden ? scores : null);
    }

    /** (R·V) rows of the clones' positions, T to a row; entries that fill up point at their row's first position. */
    long[] positions(int size) {
        long[] rows = new long[source.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (long) (i / width) * size + (long) positions[i];
        }
        return rows;
    }
}
