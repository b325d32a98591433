package org.data2vec4j.model.method.aqc;

import org.data2vec4j.model.contrast.Negatives;
import org.data2vec4j.model.mask.MaskBatch;
import org.data2vec4j.model.quantizer.GumbelNoise;
import org.data2vec4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * All that is random in an update but the changes of the recordings and dropout.
 *
 * @param masks one row to a recording, the same for its clean and its changed form
 * @param clean draws for the targets of clean recordings
 * @param changed draws for the targets of changed ones
 * @param clusters how targets are clustered
 */
public record AqcDraws(MaskBatch masks, OfView clean, OfView changed, Clusters clusters) {
    /**
     * Draws for one form of the recordings.
     *
     * @param negatives of the masked positions
     * @param noise of the quantiser; null for its best entries
     */
    public record OfView(Negatives negatives, @Nullable GumbelNoise noise) {}

    /** Puts targets into clusters. */
    @FunctionalInterface
    public interface Clusters {
        /**
         * The cluster of each target.
         *
         * @param targets_ND unit vectors, those of clean recordings first
         * @param count of clusters
         */
        long[] of(Tensor targets_ND, int count);
    }

    /** Throws unless every masked position has negatives. */
    public AqcDraws {
        int masked = masks.masked();
        if (masks.clones() != 1
                || clean.negatives().positions() != masked
                || changed.negatives().positions() != masked) {
            throw new IllegalArgumentException("negatives of "
                    + clean.negatives().positions() + " and "
                    + changed.negatives().positions() + " positions for " + masked + " masked ones, "
                    + masks.clones() + " rows to a recording");
        }
    }
}
