package org.data2vec4j.run;

import java.util.List;
import org.data2vec4j.audio.data.AudioOptions;
import org.data2vec4j.audio.data.AudioSource;
import org.data2vec4j.audio.data.AudioSources;
import org.data2vec4j.audio.eval.LabelledAudio;
import org.data2vec4j.core.SettingException;
import org.data2vec4j.core.UserException;
import org.jspecify.annotations.Nullable;

/**
 * The labelled recordings that arguments name: {@code data}, {@code test}, {@code by}, {@code labels}, {@code split} and
 * {@code test_split}.
 *
 * @param bank recordings that classify
 * @param test recordings that are classified, with the bank's classes
 */
public record LabelledRecordings(
        LabelledAudio.By by, AudioSource bankSource, AudioSource testSource, LabelledAudio bank, LabelledAudio test)
        implements AutoCloseable {
    /** Refuses arguments that name no recordings to measure on. */
    public static void check(RunArguments arguments) {
        String data = arguments.require("data", "data=FOLDER of recordings in class sub-folders");
        if (arguments.get("test", data).equals(data) && arguments.get("test_split") == null) {
            throw new UserException(
                    "test=PATH or test_split=REGEX is missing: recordings to classify that are not in data");
        }
        by(arguments.get("by", "label"));
    }

    /** Opens them. */
    public static LabelledRecordings open(RunArguments arguments) {
        check(arguments);
        LabelledAudio.By by = by(arguments.get("by", "label"));
        String data = arguments.get("data", "");
        String labels = arguments.get("labels");
        AudioSource bank = source(data, labels, arguments.get("split"));
        try {
            AudioSource test = source(arguments.get("test", data), labels, arguments.get("test_split"));
            try {
                LabelledAudio known = LabelledAudio.of(bank, by, List.of());
                return new LabelledRecordings(by, bank, test, known, LabelledAudio.of(test, by, known.classes()));
            } catch (RuntimeException e) {
                test.close();
                throw e;
            }
        } catch (RuntimeException e) {
            bank.close();
            throw e;
        }
    }

    private static AudioSource source(String data, @Nullable String labels, @Nullable String split) {
        return AudioSources.open(data, AudioOptions.DEFAULT.withLabels(labels, split));
    }

    private static LabelledAudio.By by(String word) {
        return switch (word) {
            case "label" -> LabelledAudio.By.LABEL;
            case "speaker" -> LabelledAudio.By.SPEAKER;
            default -> throw new SettingException("by", "is '" + word + "'; allowed: label, speaker");
        };
    }

    @Override
    public void close() {
        testSource.close();
        bankSource.close();
    }
}
