package org.data2vec4j.audio.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.data2vec4j.audio.data.decode.AudioClip;
import org.data2vec4j.audio.data.decode.AudioStream;
import org.data2vec4j.audio.data.synthetic.SpeechSynthesizer;
import org.data2vec4j.audio.data.synthetic.SpeechUnit;
import org.data2vec4j.audio.data.synthetic.Utterance;
import org.data2vec4j.core.Check;
import org.data2vec4j.data.Fingerprint;

/**
 * Speech-like sounds, each a pure function of (seed, index): utterances of three to seven of ten syllables by one of twelve
 * speakers, with the syllables as transcript; or single syllables, which are also the class. Pitch, speed, loudness, pauses and
 * background vary and tell nothing of the syllables.
 */
public final class SyntheticSpeech implements AudioSource {
    private static final int RENDERING =
            1; // raise when the sound changes: old fingerprints must not fit new recordings

    private final int size;
    private final boolean single;
    private final long seed;

    /** {@code size} utterances, of one syllable each if {@code single}; another seed gives others, by other speakers. */
    public SyntheticSpeech(int size, boolean single, long seed) {
        this.size = Check.positive("synthetic.size", size);
        this.single = single;
        this.seed = seed;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public String name(int index) {
        return "synthetic" + (single ? "-units!" : "!") + index;
    }

    @Override
    public AudioClip read(int index) {
        return new AudioClip(SpeechSynthesizer.render(seed, index, utterance(index)), AudioStream.SAMPLE_RATE);
    }

    @Override
    public int duration(int index) {
        return utterance(index).samples();
    }

    @Override
    public String transcript(int index) {
        return utterance(index).transcript();
    }

    @Override
    public String speaker(int index) {
        return "speaker" + utterance(index).speaker();
    }

    @Override
    public List<String> classes() {
        return single
                ? Arrays.stream(SpeechUnit.values())
                        .map(unit -> unit.name().toLowerCase(Locale.ROOT))
                        .toList()
                : List.of();
    }

    @Override
    @SuppressWarnings("EnumOrdinal") // the order of the classes is the order of the units
    public int label(int index) {
        return single ? utterance(index).syllables().get(0).unit().ordinal() : -1;
    }

    @Override
    public List<String> notes() {
        return List.of();
    }

    @Override
    public String fingerprint() {
        return new Fingerprint()
                .add("synthetic speech")
                .add(RENDERING)
                .add(size)
                .add(single ? 1 : 0)
                .add(seed)
                .hex();
    }

    @Override
    public void close() {}

    private Utterance utterance(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("utterance " + index + " of " + size);
        }
        return Utterance.of(seed, index, single);
    }
}
