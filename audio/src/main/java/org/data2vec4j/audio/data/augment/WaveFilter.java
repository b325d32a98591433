package org.data2vec4j.audio.data.augment;

import org.data2vec4j.core.Rng;

/** Makes a change; safe to be used by many threads at once. */
@FunctionalInterface
public interface WaveFilter {
    /** Changes one recording at 16 kHz in place: a function of it and the stream alone. */
    void apply(float[] samples, Rng rng);
}
