package org.data2vec4j.audio.data.augment;

import java.io.IOException;
import org.data2vec4j.audio.data.AudioSource;
import org.data2vec4j.audio.data.AudioSources;
import org.data2vec4j.core.Rng;
import org.data2vec4j.core.UserException;

/** Recordings to mix in, drawn at random; decoded ones stay in memory as far as there is room. */
final class NoiseRecordings {
    private static final int TRIES = 20;

    private final String spec;
    private final AudioSource source;

    /** Opens what a recipe's {@code data} can be; it stays open as long as the program runs. */
    NoiseRecordings(String spec) {
        this.spec = spec;
        this.source = AudioSources.open(spec);
    }

    /** One of them that can be read and is not empty. */
    float[] draw(Rng rng) {
        String last = "";
        for (int i = 0; i < TRIES; i++) {
            int index = rng.nextInt(source.size());
            try {
                float[] samples = source.read(index).samples();
                if (samples.length > 0) {
                    return samples;
                }
                last = source.name(index) + ": no samples";
            } catch (IOException e) {
                last = source.name(index) + ": " + e.getMessage();
            }
        }
        throw new UserException(
                "augment: of " + spec + ", " + TRIES + " recordings in a row cannot be used; the last is " + last);
    }
}
