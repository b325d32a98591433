package org.data2vec4j.audio.eval;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.data2vec4j.audio.data.AudioLoaderConfig;
import org.data2vec4j.audio.data.AudioOptions;
import org.data2vec4j.audio.data.AudioSource;
import org.data2vec4j.audio.data.AudioSources;
import org.data2vec4j.audio.data.SelectedAudio;
import org.data2vec4j.core.UserException;
import org.data2vec4j.train.BatchConverter;
import org.data2vec4j.train.data.LabelSpec;
import org.data2vec4j.train.data.LabelledSplit;
import org.jspecify.annotations.Nullable;

/**
 * Opens the labelled recordings that a run is measured on. Labels come from sub-folders or from the pattern {@code labels}; {@code by}
 * chooses between classes and speakers, {@code split} and {@code test_split} choose among the recordings of a source.
 */
public final class LabelledRecordings {
    private final BatchConverter inputs;
    private final AudioLoaderConfig reading;

    /**
     * Recordings that are read so.
     *
     * @param inputs how batches become inputs
     * @param reading how recordings are read: whole, in order
     */
    public LabelledRecordings(BatchConverter inputs, AudioLoaderConfig reading) {
        this.inputs = inputs;
        this.reading = reading;
    }

    /** Refuses a choice that names no recordings to measure on. */
    public static void check(LabelSpec spec) {
        if (spec.train().isEmpty()) {
            throw new UserException("data=… is missing, for example: data=FOLDER of recordings in class sub-folders");
        }
        if ((spec.test().isEmpty() || spec.test().equals(spec.train())) && spec.option("test_split") == null) {
            throw new UserException(
                    "test=PATH or test_split=REGEX is missing: recordings to classify that are not in data");
        }
        by(spec);
    }

    private static LabelledAudio.By by(LabelSpec spec) {
        String word = spec.option("by", "label");
        return switch (word) {
            case "label" -> LabelledAudio.By.LABEL;
            case "speaker" -> LabelledAudio.By.SPEAKER;
            default -> throw new UserException("by is '" + word + "'; allowed: label, speaker");
        };
    }

    /**
     * Opens them.
     *
     * @throws UserException if there are no labels, or classes differ
     */
    public LabelledSplit open(LabelSpec spec, Consumer<String> warnings) {
        check(spec);
        LabelledAudio.By by = by(spec);
        AudioSource train = source(spec, spec.train(), spec.option("split"));
        try {
            AudioSource test =
                    source(spec, spec.test().isEmpty() ? spec.train() : spec.test(), spec.option("test_split"));
            try {
                List<String> classes = LabelledAudio.of(train, by, List.of()).classes();
                LabelledAudio known = some(train, spec.trainLimit(), by, classes);
                LabelledAudio asked = some(test, spec.testLimit(), by, classes);
                Map<String, String> protocol = new LinkedHashMap<>();
                protocol.put("input", "whole recordings at 16 kHz");
                protocol.put("by", by == LabelledAudio.By.LABEL ? "label" : "speaker");
                return new LabelledSplit(
                        new AudioSamples(known, inputs, reading, warnings),
                        new AudioSamples(asked, inputs, reading, warnings),
                        protocol,
                        () -> {
                            test.close();
                            train.close();
                        });
            } catch (RuntimeException e) {
                test.close();
                throw e;
            }
        } catch (RuntimeException e) {
            train.close();
            throw e;
        }
    }

    // Keyed by a constant, not by the run's seed: runs of other seeds are measured on the same recordings.
    private static LabelledAudio some(AudioSource source, int most, LabelledAudio.By by, List<String> classes) {
        return LabelledAudio.of(SelectedAudio.some(source, most, 0), by, classes);
    }

    private static AudioSource source(LabelSpec spec, String data, @Nullable String split) {
        return AudioSources.open(data, AudioOptions.DEFAULT.withLabels(spec.option("labels"), split));
    }
}
