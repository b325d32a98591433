package org.data2vec4j.audio.data.augment;

import java.util.List;
import org.data2vec4j.model.encoder.InputAugmentation;

/** One way to make recordings sound otherwise, which happens to each with a probability. */
public sealed interface WaveChange extends InputAugmentation
        permits GaussianNoise, Reverberation, ImpulseResponse, BackgroundNoise {
    /** How likely it happens to a recording in an update, 0 to 1. */
    double probability();

    /**
     * What makes the change.
     *
     * @throws org.data2vec4j.core.UserException if recordings that it needs cannot be opened
     */
    WaveFilter open();

    /**
     * The changes of data2vec-aqc (arXiv 2211.01246, section 2.1), at its probabilities.
     *
     * @param background where background noise is: what a recipe's {@code data} can be
     */
    static List<WaveChange> published(String background) {
        return List.of(GaussianNoise.defaults(), Reverberation.defaults(), new BackgroundNoise(0.8, background, 0, 15));
    }
}
