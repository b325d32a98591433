package org.data2vec4j.audio.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.data2vec4j.audio.data.decode.AudioClip;
import org.data2vec4j.audio.data.feature.AcousticFeatures;
import org.data2vec4j.audio.data.feature.LogMel;
import org.junit.jupiter.api.Test;

class SyntheticSpeechTest {
    @Test
    void utterancesAreFunctionsOfSeedAndIndex() {
        SyntheticSpeech one = new SyntheticSpeech(50, false, 1);
        SyntheticSpeech same = new SyntheticSpeech(60, false, 1);
        SyntheticSpeech other = new SyntheticSpeech(50, false, 2);
        int different = 0;
        Set<String> speakers = new HashSet<>();
        Set<Integer> counts = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            AudioClip clip = one.read(i);
            assertThat(clip.samples())
                    .hasSize(one.duration(i))
                    .isEqualTo(same.read(i).samples());
            assertThat(clip.seconds()).isBetween(0.5, 5.0);
            assertThat(one.transcript(i)).isEqualTo(same.transcript(i));
            assertThat(one.label(i)).isEqualTo(-1);
            different += one.transcript(i).equals(other.transcript(i)) ? 0 : 1;
            speakers.add(one.speaker(i));
            counts.add(one.transcript(i).split(" ", -1).length);
            float peak = 0;
            for (float value : clip.samples()) {
                peak = Math.max(peak, Math.abs(value));
            }
            assertThat(peak).isBetween(0.04f, 1f); // which no infinity is
        }
        assertThat(different).isGreaterThan(45);
        assertThat(speakers).hasSizeGreaterThan(8);
        assertThat(counts).containsExactlyInAnyOrder(3, 4, 5, 6, 7);
        assertThat(one.fingerprint()).isNotEqualTo(other.fingerprint()).isNotEqualTo(same.fingerprint());
        assertThat(one.classes()).isEmpty();
        assertThatThrownBy(() -> one.read(50)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    /** The numbers must never change without the fingerprint: a golden sum. */
    @Test
    void theSoundIsPinned() {
        SyntheticSpeech speech = new SyntheticSpeech(10, false, 0);
        assertThat(speech.transcript(0)).isEqualTo("goo shee shee ler nay");
        double sum = 0;
        for (float value : speech.read(0).samples()) {
            sum += Math.abs(value);
        }
        assertThat(sum / speech.duration(0)).isCloseTo(0.004236877867609629, within(1e-9));
    }

    /** Units can be told apart by their sound, across speakers: nearest class mean of the average spectrum. */
    @Test
    void singleUnitsAreAClassificationTask() {
        try (AudioSource units = AudioSources.open("synthetic-units:400")) {
            assertThat(units.classes()).hasSize(10).contains("sah", "mo");
            List<float[]> spectra = new ArrayList<>();
            double[][] means = new double[10][80];
            int[] counts = new int[10];
            for (int i = 0; i < 400; i++) {
                float[] spectrum = spectrum(((SyntheticSpeech) units).read(i));
                spectra.add(spectrum);
                assertThat(units.transcript(i)).isEqualTo(units.classes().get(units.label(i)));
                if (i < 300) {
                    counts[units.label(i)]++;
                    for (int k = 0; k < 80; k++) {
                        means[units.label(i)][k] += spectrum[k];
                    }
                }
            }
            int right = 0;
            for (int i = 300; i < 400; i++) {
                int best = 0;
                double nearest = Double.MAX_VALUE;
                for (int c = 0; c < 10; c++) {
                    double distance = 0;
                    for (int k = 0; k < 80; k++) {
                        double d = spectra.get(i)[k] - means[c][k] / counts[c];
                        distance += d * d;
                    }
                    if (distance < nearest) {
                        nearest = distance;
                        best = c;
                    }
                }
                right += best == units.label(i) ? 1 : 0;
            }
            assertThat(right).isBetween(40, 95); // chance is 10
        }
    }

    private static float[] spectrum(AudioClip clip) {
        AcousticFeatures features = new LogMel().of(clip.samples(), 0, clip.samples().length);
        float[] mean = new float[80];
        float level = 0;
        for (int frame = 0; frame < features.frames(); frame++) {
            for (int k = 0; k < 80; k++) {
                mean[k] += features.values()[frame * 80 + k] / features.frames();
            }
        }
        for (float value : mean) {
            level += value / 80;
        }
        for (int k = 0; k < 80; k++) {
            mean[k] -= level;
        }
        return mean;
    }
}
