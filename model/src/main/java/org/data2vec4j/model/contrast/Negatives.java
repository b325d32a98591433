package org.data2vec4j.model.contrast;

import org.data2vec4j.core.Rng;
import org.data2vec4j.model.mask.MaskBatch;

/**
 * The other masked positions whose targets a position's own is to be told from, plain numbers. They are of the same row, never the
 * position itself, and masks never fall on padding. A drawn row is a function of (seed, update, sample id, clone, view) and the
 * row's own masks alone. The lone masked position of a row has no other: it stands in all places, and is to be left out as equal.
 *
 * @param count K, for each position
 * @param places (N·K) numbers of masked positions, row by row
 */
@SuppressWarnings("ArrayRecordComponent") // on their way to a device; never compared
public record Negatives(int count, long[] places) {
    private static final long PURPOSE = 0x6E6567617469L; // "negati": keeps these streams apart from the masks'

    /** Throws unless there are as many for each position. */
    public Negatives {
        if (count < 1 || places.length % count != 0) {
            throw new IllegalArgumentException(places.length + " negatives, " + count + " to a position");
        }
    }

    /**
     * Draws with replacement, all other positions of the row being equally likely.
     *
     * @param view keeps the streams of several tasks on the same samples apart
     */
    public static Negatives draw(MaskBatch masks, int count, long seed, long update, long[] ids, int view) {
        long[] places = new long[Math.multiplyExact(masks.masked(), count)];
        int first = 0;
        for (int row = 0; row < masks.rows(); row++) {
            Rng rng = Rng.of(seed, PURPOSE, update, ids[row / masks.clones()], row % masks.clones(), view);
            int masked = masks.masked(row);
            for (int n = 0; n < masked; n++) {
                for (int k = 0; k < count; k++) {
                    int other = masked == 1 ? 0 : rng.nextInt(masked - 1);
                    int skipping = masked > 1 && other >= n ? other + 1 : other;
                    places[(first + n) * count + k] = (long) first + skipping;
                }
            }
            first += masked;
        }
        return new Negatives(count, places);
    }

    /** N, the positions. */
    public int positions() {
        return places.length / count;
    }

    /**
     * Which negatives are like their position.
     *
     * @param keys (N·parts) what tells positions apart, such as the numbers of their codes
     * @param parts how many keys a position has; all must agree
     * @return (N·K) flags
     */
    public boolean[] alike(long[] keys, int parts) {
        boolean[] alike = new boolean[places.length];
        for (int i = 0; i < alike.length; i++) {
            int own = i / count * parts;
            int other = (int) places[i] * parts;
            boolean same = true;
            for (int part = 0; part < parts; part++) {
                same &= keys[own + part] == keys[other + part];
            }
            alike[i] = same;
        }
        return alike;
    }
}
