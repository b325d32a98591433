package org.data2vec4j.cli.evaluate;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.data2vec4j.cli.report.Picture;
import org.data2vec4j.cli.report.Shade;
import org.data2vec4j.cli.run.RunArguments;
import org.data2vec4j.cli.run.TrainedRun;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.audio.AudioLoaderConfig;
import org.data2vec4j.data.audio.AudioOptions;
import org.data2vec4j.data.audio.AudioSource;
import org.data2vec4j.data.audio.AudioSources;
import org.data2vec4j.data.audio.decode.AudioClip;
import org.data2vec4j.data.audio.feature.Features;
import org.data2vec4j.data.audio.feature.LogMel;
import org.data2vec4j.eval.speech.LabelledAudio;
import org.data2vec4j.eval.suite.RecordingSamples;
import org.data2vec4j.train.modality.AudioModality;
import org.jspecify.annotations.Nullable;

/** Labelled recordings for an evaluation. */
final class Recordings {
    private static final int BANDS = 40;
    private static final int COLUMNS = 64;

    private Recordings() {}

    static SuiteData open(TrainedRun run, AudioModality audio, RunArguments arguments, Consumer<String> warnings) {
        String data = arguments.require("data", "data=FOLDER of recordings in class sub-folders");
        String test = arguments.get("test", data);
        if (test.equals(data) && arguments.get("test_split") == null) {
            throw new UserException(
                    "test=PATH or test_split=REGEX is missing: recordings to classify that are not in data");
        }
        LabelledAudio.By by = by(arguments.get("by", "label"));
        AudioModality whole = audio.uncropped();
        AudioLoaderConfig reading = whole.measuring(run.config().train());
        AudioSource bankSource = source(data, arguments.get("labels"), arguments.get("split"));
        AudioSource testSource = source(test, arguments.get("labels"), arguments.get("test_split"));
        LabelledAudio bank = LabelledAudio.of(bankSource, by, List.of());
        LabelledAudio asked = LabelledAudio.of(testSource, by, bank.classes());
        Map<String, String> protocol = new LinkedHashMap<>();
        protocol.put("input", "whole recordings at 16 kHz");
        protocol.put("by", by == LabelledAudio.By.LABEL ? "label" : "speaker");
        return new SuiteData(
                new RecordingSamples(bank, whole, reading, warnings),
                new RecordingSamples(asked, whole, reading, warnings),
                protocol,
                new Shown() {
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
                () -> {
                    bankSource.close();
                    testSource.close();
                });
    }

    /** Log-mel energies, low frequencies at the bottom, the whole recording squeezed into {@value #COLUMNS} columns. */
    private static @Nullable Picture spectrogram(AudioSource source, int index) {
        AudioClip clip;
        try {
            clip = source.read(index);
        } catch (IOException e) {
            return null; // told when it was measured
        }
        Features mel = new LogMel(16_000, BANDS).of(clip.samples(), 0, clip.samples().length);
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

    private static AudioSource source(String data, @Nullable String labels, @Nullable String split) {
        return AudioSources.open(data, AudioOptions.DEFAULT.withLabels(labels, split));
    }

    private static LabelledAudio.By by(String word) {
        return switch (word) {
            case "label" -> LabelledAudio.By.LABEL;
            case "speaker" -> LabelledAudio.By.SPEAKER;
            default -> throw new UserException("by is '" + word + "'; allowed: label, speaker");
        };
    }
}
