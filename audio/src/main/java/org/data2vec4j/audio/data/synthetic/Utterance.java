package org.data2vec4j.audio.data.synthetic;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.data2vec4j.core.Rng;
import org.data2vec4j.data.RngStream;

/**
 * What is said and how, drawn before a sound is made, so that transcripts and durations cost nothing: a pure function of (seed,
 * index). {@code samples}: the length at 16 kHz; {@code loudness}: the peak; {@code noise}: the background's level relative to the speech;
 * {@code tilt}: the microphone's colour, below 0 dull, above it sharp.
 */
public record Utterance(
        List<Syllable> syllables, int speaker, int samples, double loudness, double noise, double tilt) {
    /** The number of speakers. */
    public static final int SPEAKERS = 12;

    private static final int RATE = 16_000;
    private static final int FEWEST = 3;
    private static final int MOST = 7;
    private static final List<SpeechUnit> UNITS = List.of(SpeechUnit.values());

    /** A unit, where it begins and how long it sounds in samples, its pitch at the beginning and end in Hz, and its stress. */
    public record Syllable(SpeechUnit unit, int begin, int length, double pitchBegin, double pitchEnd, double stress) {}

    /** Takes a copy of the list. */
    public Utterance {
        syllables = List.copyOf(syllables);
    }

    /** Three to seven units, or one if {@code single}. */
    public static Utterance of(long seed, int index, boolean single) {
        Rng rng = Rng.of(seed, RngStream.SYNTHETIC_SPEECH, index, single ? 1 : 0);
        int count = single ? 1 : FEWEST + rng.nextInt(MOST - FEWEST + 1);
        int speaker = rng.nextInt(SPEAKERS);
        Voice voice = Voice.of(seed, speaker);
        double speed = voice.speed() * rng.nextDouble(0.85, 1.15);
        List<Syllable> syllables = new ArrayList<>();
        double at = rng.nextDouble(0.05, 0.20);
        double pitch = voice.pitch() * rng.nextDouble(0.9, 1.15);
        for (int i = 0; i < count; i++) {
            SpeechUnit unit = UNITS.get(rng.nextInt(UNITS.size()));
            double length = rng.nextDouble(0.17, 0.30) / speed;
            double next = pitch * rng.nextDouble(0.88, 1.06); // sinks on the whole
            syllables.add(
                    new Syllable(unit, (int) (at * RATE), (int) (length * RATE), pitch, next, rng.nextDouble(0.5, 1)));
            pitch = Math.max(0.7 * voice.pitch(), next);
            at += length + (rng.nextInt(4) == 0 ? rng.nextDouble(0.08, 0.25) : rng.nextDouble(0.0, 0.05)) / speed;
        }
        int samples = (int) ((at + rng.nextDouble(0.05, 0.20)) * RATE);
        return new Utterance(
                syllables,
                speaker,
                samples,
                rng.nextDouble(0.05, 0.6),
                StrictMath.pow(10, -rng.nextDouble(0.5, 1.8)),
                rng.nextDouble(-0.6, 0.8));
    }

    /** The units' names in lower case, with a space between. */
    public String transcript() {
        return syllables.stream()
                .map(syllable -> syllable.unit().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" "));
    }
}
