package org.data2vec4j.model.quantizer;

import org.data2vec4j.core.Rng;
import org.data2vec4j.model.mask.MaskBatch;

/**
 * What makes a choice of entries random: standard Gumbel noise on their scores, and the temperature of the soft choice whose
 * gradient is taken; plain numbers. A drawn row is a function of (seed, update, sample id, clone, view) and the row's own masks
 * alone, whatever its neighbours in the batch.
 *
 * @param values (N·G·V) for the masked positions, row by row
 * @param temperature above 0
 */
@SuppressWarnings("ArrayRecordComponent") // on their way to a device; never compared
public record GumbelNoise(float[] values, double temperature) {
    private static final long PURPOSE = 0x67756D62656CL; // "gumbel": keeps these streams apart from the masks'

    /**
     * The noise of an update.
     *
     * @param update 0-based; sets the temperature too
     * @param view keeps the streams of several inputs of the same samples apart, such as a clean and a changed one
     */
    public static GumbelNoise draw(
            QuantizerConfig config, MaskBatch masks, long seed, long update, long[] ids, int view) {
        float[] values = new float[Math.multiplyExact(masks.masked(), config.codes())];
        int n = 0;
        for (int row = 0; row < masks.rows(); row++) {
            Rng rng = Rng.of(seed, PURPOSE, update, ids[row / masks.clones()], row % masks.clones(), view);
            for (int end = n + masks.masked(row) * config.codes(); n < end; n++) {
                double uniform = rng.nextDouble() + 0x1.0p-54; // above 0 and below 1
                values[n] = (float) -StrictMath.log(-StrictMath.log(uniform));
            }
        }
        return new GumbelNoise(values, config.temperature().at(update));
    }
}
