package org.data2vec4j.model.method.wav2vec2;

import org.data2vec4j.model.contrast.Negatives;
import org.data2vec4j.model.mask.MaskBatch;
import org.data2vec4j.model.quantizer.GumbelNoise;
import org.jspecify.annotations.Nullable;

/**
 * All that is random in an update but dropout.
 *
 * @param masks one clone of each recording
 * @param negatives of the masked positions
 * @param noise of the quantiser; null for its best entries
 */
public record Wav2Vec2Draws(
        MaskBatch masks, Negatives negatives, @Nullable GumbelNoise noise) {
    /** Throws unless every masked position has negatives. */
    public Wav2Vec2Draws {
        if (masks.clones() != 1 || negatives.positions() != masks.masked()) {
            throw new IllegalArgumentException("negatives of " + negatives.positions() + " positions for "
                    + masks.masked() + " masked ones, " + masks.clones() + " rows to a recording");
        }
    }
}
