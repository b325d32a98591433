package org.data2vec4j.model.teacher;

import java.util.List;
import org.data2vec4j.core.Check;
import org.data2vec4j.model.encoder.EncoderConfig;

/**
 * How targets are made of a teacher's blocks (data2vec 2.0, section 3.2): the last {@code layers} blocks' features, each
 * normalised, averaged, normalised again.
 *
 * @param layers how many of the last shared blocks (K)
 * @param feature what is taken of a block
 * @param each normalisations of each block's feature, in order
 * @param average normalisations of the average, in order
 */
public record TargetsConfig(
        int layers, Feature feature, List<TargetNormalization> each, List<TargetNormalization> average) {
    /** What is taken of a block. */
    public enum Feature {
        /** The feed-forward branch before the residual sum; what the papers found best. */
        FEED_FORWARD,
        /** The block's output. */
        BLOCK_OUTPUT
    }

    /** Checks the ranges. */
    public TargetsConfig {
        Check.positive("layers", layers);
        each = List.copyOf(each);
        average = List.copyOf(average);
    }

    /** Throws a {@link org.data2vec4j.core.SettingException} unless an encoder has so many shared blocks. */
    public void checkFits(EncoderConfig encoder) {
        Check.setting(
                layers <= encoder.depth(),
                "layers",
                "is " + layers + " but model.depth is " + encoder.depth()
                        + "; only the shared blocks can be targets; allowed: 1 to " + encoder.depth());
    }

    /** The published image settings over the last {@code layers} blocks. */
    public static TargetsConfig image(int layers) {
        return new TargetsConfig(
                layers,
                Feature.FEED_FORWARD,
                List.of(TargetNormalization.INSTANCE_NORM),
                List.of(TargetNormalization.LAYER_NORM));
    }

    /** ViT-B's settings. */
    public static TargetsConfig defaults() {
        return image(10);
    }
}
