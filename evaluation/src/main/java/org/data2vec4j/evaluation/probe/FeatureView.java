package org.data2vec4j.evaluation.probe;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.encoder.EncoderConfig;

/**
 * Which features of an encoder are looked at.
 *
 * @param layer {@link #LAST} for the encoder's final features (after the final norm, where it has one), or the output of a block:
 *     the pre-net's and then the shared ones, counted from 0
 * @param pooling how tokens become one vector
 */
public record FeatureView(int layer, Pooling pooling) {
    /** The layer of the encoder's final features. */
    public static final int LAST = -1;

    /** The mean of the final features over the positions: the usual view. */
    public static final FeatureView DEFAULT = new FeatureView(LAST, Pooling.MEAN);

    /** The mean of every block of an encoder, the first block first, and then of its final features. */
    public static List<FeatureView> means(EncoderConfig encoder) {
        return IntStream.rangeClosed(0, encoder.prenet() + encoder.depth())
                .mapToObj(layer -> layer == encoder.prenet() + encoder.depth() ? LAST : layer)
                .map(layer -> new FeatureView(layer, Pooling.MEAN))
                .toList();
    }

    /** Refuses layers below {@link #LAST}. */
    public FeatureView {
        Check.inRange("layer", layer, LAST, Integer.MAX_VALUE);
    }

    /**
     * Refuses a view that an encoder does not have.
     *
     * @throws UserException if it has no such layer, or no extra token to pool
     */
    public void check(EncoderConfig encoder) {
        int blocks = encoder.prenet() + encoder.depth();
        if (layer >= blocks) {
            throw new UserException("layer is " + layer + " but the encoder has " + blocks + " blocks; allowed: 0 to "
                    + (blocks - 1) + ", or -1 for the final features");
        }
        if (pooling == Pooling.CLS && encoder.extraTokens() == 0) {
            throw new UserException("pool is cls but the encoder has no extra token; use mean, or set"
                    + " model.extra_tokens to 1 or more before pre-training");
        }
    }

    /** A short name for tables, such as {@code last, mean} or {@code block 3, cls}. */
    public String label() {
        return (layer == LAST ? "last" : "block " + layer) + ", "
                + pooling.name().toLowerCase(Locale.ROOT);
    }
}
