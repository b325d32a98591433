package org.data2vec4j.audio.data.synthetic;

import org.data2vec4j.core.Rng;
import org.data2vec4j.data.RngStream;

/** A speaker: pitch in Hz, the factor of all formants (a shorter throat has higher ones), breath from 0 to 1, habitual speed. */
record Voice(double pitch, double formantScale, double breath, double speed) {
    static Voice of(long seed, int speaker) {
        Rng rng = Rng.of(seed, RngStream.SYNTHETIC_VOICE, speaker);
        double size = rng.nextDouble(); // small people have high voices and short throats
        double pitch = 95 + 120 * size + rng.nextDouble(-10, 10);
        double scale = 0.86 + 0.30 * size + rng.nextDouble(-0.05, 0.05);
        return new Voice(pitch, scale, rng.nextDouble(0.01, 0.08), rng.nextDouble(0.85, 1.15));
    }
}
