package org.data2vec4j.model.mask;

import org.data2vec4j.core.Rng;

/**
 * Texts with some tokens replaced; plain numbers. What stands in a masked place is a function of (seed, update, sample id) and the
 * sample's own masks alone, whatever its padding and its neighbours.
 *
 * @param masks the places to predict, one clone of each text
 * @param tokens (B·T) what the encoder sees
 */
@SuppressWarnings("ArrayRecordComponent") // on its way through one step; never compared
public record TokenReplacement(MaskBatch masks, long[] tokens) {
    private static final long PURPOSE = 0x7265706C616365L; // "replace": keeps these streams apart from the masks'

    /** Throws unless there is one token for each place of each text. */
    public TokenReplacement {
        if (masks.clones() != 1
                || tokens.length != (long) masks.rows() * masks.grid().size()) {
            throw new IllegalArgumentException(tokens.length + " tokens for " + masks.rows() + " rows of "
                    + masks.grid() + ", " + masks.clones() + " to a text");
        }
    }

    /**
     * Replaces the masked tokens.
     *
     * @param vocabulary how many token numbers there are
     * @param specials the numbers that stand for no content; never drawn
     * @param masks which they are
     * @param tokens (B·T) the texts; left as they are
     * @param ids the texts' stable numbers
     */
    public static TokenReplacement draw(
            TokenReplacementConfig config,
            int vocabulary,
            int[] specials,
            MaskBatch masks,
            long[] tokens,
            long seed,
            long update,
            long[] ids) {
        int[] special = config.excluded(specials);
        int size = masks.grid().size();
        long[] seen = tokens.clone();
        for (int row = 0; row < masks.rows(); row++) {
            Rng rng = Rng.of(seed, PURPOSE, update, ids[row]);
            for (int t = 0; t < size; t++) {
                if (masks.masked(row, t)) {
                    double lot = rng.nextDouble();
                    if (lot < config.masked()) {
                        seen[row * size + t] = config.token();
                    } else if (lot < config.masked() + config.random()) {
                        seen[row * size + t] = word(rng, vocabulary, special);
                    }
                }
            }
        }
        return new TokenReplacement(masks, seen);
    }

    /** Any number that is not special, all equally likely. */
    private static int word(Rng rng, int vocabulary, int[] special) {
        int word = rng.nextInt(vocabulary - special.length);
        for (int skipped : special) {
            word += word >= skipped ? 1 : 0;
        }
        return word;
    }
}
