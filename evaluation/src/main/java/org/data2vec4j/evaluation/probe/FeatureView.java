package org.data2vec4j.evaluation.probe;

import java.util.Locale;
import org.data2vec4j.core.Check;

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

    /** Refuses layers below {@link #LAST}. */
    public FeatureView {
        Check.inRange("layer", layer, LAST, Integer.MAX_VALUE);
    }

    /** A short name for tables, such as {@code last, mean} or {@code block 3, cls}. */
    public String label() {
        return (layer == LAST ? "last" : "block " + layer) + ", "
                + pooling.name().toLowerCase(Locale.ROOT);
    }
}
