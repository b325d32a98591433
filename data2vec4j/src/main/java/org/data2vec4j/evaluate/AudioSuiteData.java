package org.data2vec4j.evaluate;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.data2vec4j.audio.AudioModality;
import org.data2vec4j.audio.data.AudioLoaderConfig;
import org.data2vec4j.audio.data.AudioSource;
import org.data2vec4j.audio.data.decode.AudioClip;
import org.data2vec4j.audio.data.feature.AcousticFeatures;
import org.data2vec4j.audio.data.feature.LogMel;
import org.data2vec4j.audio.eval.AudioSamples;
import org.data2vec4j.audio.eval.LabelledAudio;
import org.data2vec4j.report.Picture;
import org.data2vec4j.report.Shade;
import org.data2vec4j.run.LabelledRecordings;
import org.data2vec4j.run.LoadedPretraining;
import org.data2vec4j.run.RunArguments;
import org.jspecify.annotations.Nullable;

/** Labelled recordings for an evaluation. */
final class AudioSuiteData {
    private static final int BANDS = 40;
    private static final int COLUMNS = 64;

    private AudioSuiteData() {}

    static SuiteData open(
            LoadedPretraining run, AudioModality audio, RunArguments arguments, Consumer<String> warnings) {
        LabelledRecordings recordings = LabelledRecordings.open(arguments);
        AudioModality whole = audio.uncropped();
        AudioLoaderConfig reading = whole.measuring(run.config().train());
        LabelledAudio asked = recordings.test();
        AudioSource testSource = recordings.testSource();
        Map<String, String> protocol = new LinkedHashMap<>();
        protocol.put("input", "whole recordings at 16 kHz");
        protocol.put("by", recordings.by() == LabelledAudio.By.LABEL ? "label" : "speaker");
        return new SuiteData(
                new AudioSamples(recordings.bank(), whole, reading, warnings),
                new AudioSamples(asked, whole, reading, warnings),
                protocol,
                new Preview() {
                    @Override
                    public @Nullable Picture picture(int index) {
                        return spectrogram(testSource, index);
                    }

                    @Override
                    public String words(int index) {
                        int label = asked.labels()[index];
                        String said = testSource.transcript(index);
                        String name = testSource.name(index);
                        return (label < 0 ? "" : asked.classes().get(label) + ", ")
                                + (said == null ? "" : "“" + said + "”, ")
                                + name.substring(name.lastIndexOf('/') + 1);
                    }
                },
                recordings::close);
    }

    /** Log-mel energies, low frequencies at the bottom, the whole recording squeezed into {@value #COLUMNS} columns. */
    private static @Nullable Picture spectrogram(AudioSource source, int index) {
        AudioClip clip;
        try {
            clip = source.read(index);
        } catch (IOException e) {
            return null; // told when it was measured
        }
        AcousticFeatures mel = new LogMel(16_000, BANDS).of(clip.samples(), 0, clip.samples().length);
        float[] values = new float[BANDS * COLUMNS];
        for (int x = 0; x < COLUMNS; x++) {
            int begin = (int) ((long) x * mel.frames() / COLUMNS);
            int end = Math.max(begin + 1, (int) ((x + 1L) * mel.frames() / COLUMNS));
            for (int band = 0; band < BANDS; band++) {
                float sum = 0;
                for (int frame = begin; frame < end; frame++) {
                    sum += mel.values()[frame * BANDS + band];
                }
                values[(BANDS - 1 - band) * COLUMNS + x] = sum / (end - begin);
            }
        }
        return Shade.picture(values, COLUMNS, BANDS);
    }
}
