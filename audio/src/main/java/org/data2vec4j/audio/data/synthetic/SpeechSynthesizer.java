package org.data2vec4j.audio.data.synthetic;

import org.data2vec4j.core.Rng;
import org.data2vec4j.data.RngStream;

/**
 * Makes the sound of an utterance: for each syllable a train of glottal pulses and breath through three formants, before it the
 * consonant's noise; over it all a low background. A pure function of (seed, index, utterance).
 */
public final class SpeechSynthesizer {
    private static final double RATE = 16_000;
    private static final double[] BANDWIDTHS = {80, 110, 160};

    private SpeechSynthesizer() {}

    /** The samples at 16 kHz; their peak is near the utterance's loudness. */
    public static float[] render(long seed, int index, Utterance utterance) {
        Voice voice = Voice.of(seed, utterance.speaker());
        Rng rng = Rng.of(seed, RngStream.SYNTHETIC_NOISE, index);
        double[] sound = new double[utterance.samples()];
        for (Utterance.Syllable syllable : utterance.syllables()) {
            add(syllable, voice, rng, sound);
        }
        double peak = 1e-9;
        double last = 0;
        for (int i = 0; i < sound.length; i++) {
            double now = sound[i];
            sound[i] = now - utterance.tilt() * last;
            last = now;
            peak = Math.max(peak, Math.abs(sound[i]));
        }
        double scale = utterance.loudness() / peak;
        double level = utterance.noise() * utterance.loudness() / 3;
        float[] samples = new float[sound.length];
        double hum = 0;
        for (int i = 0; i < samples.length; i++) {
            double white = rng.nextGaussian();
            hum = 0.95 * hum + 0.3 * white; // rooms are louder below
            samples[i] = (float) (scale * sound[i] + level * 0.5 * (0.5 * white + hum));
        }
        return samples;
    }

    private static void add(Utterance.Syllable syllable, Voice voice, Rng rng, double[] sound) {
        SpeechUnit unit = syllable.unit();
        Resonator[] throat = new Resonator[BANDWIDTHS.length];
        for (int i = 0; i < throat.length; i++) {
            double slurred = unit.formant(i) * voice.formantScale() * rng.nextDouble(0.92, 1.08);
            throat[i] = new Resonator(slurred, BANDWIDTHS[i], false);
        }
        Resonator nose = new Resonator(250 * voice.formantScale(), 100, false);
        double noiseHertz = Math.max(300, unit.noiseHertz() * voice.formantScale());
        Resonator hiss = new Resonator(noiseHertz, 0.25 * noiseHertz, true);
        int length = Math.min(syllable.length(), sound.length - syllable.begin());
        int onset = (int) (unit.onset() * length);
        double phase = rng.nextDouble();
        double flow = 0;
        for (int i = 0; i < length; i++) {
            double progress = i / (double) length;
            double pitch = syllable.pitchBegin() + progress * (syllable.pitchEnd() - syllable.pitchBegin());
            phase += pitch / RATE;
            double pulse = 0;
            if (phase >= 1) {
                phase -= 1 + rng.nextDouble(-0.02, 0.02); // no voice is a machine
                pulse = 1;
            }
            flow = 0.9 * flow + pulse; // falls by 6 dB an octave
            double noise = rng.nextGaussian();
            boolean consonant = i < onset;
            double cords = consonant && !unit.voicedOnset() ? 0 : flow * (consonant ? 0.5 : 1);
            double vowel = cords + voice.breath() * noise * (consonant ? 0 : 0.3);
            double out = consonant ? 0.2 * vowel : vowel;
            for (Resonator formant : throat) {
                out = formant.next(out);
            }
            out += consonant ? 0.5 * nose.next(vowel) : 0;
            double burst = consonant ? unit.noiseLevel() * hiss.next(noise) * edge(i, onset) : 0;
            sound[syllable.begin() + i] += syllable.stress() * edge(i, length) * (out + 1.5 * burst);
        }
    }

    /** Rises and falls within 15 ms of either end. */
    private static double edge(int i, int length) {
        double ramp = Math.min(0.015 * RATE, length / 3.0 + 1);
        return Math.min(1, Math.min(i + 1, length - i) / ramp);
    }
}
