package org.data2vec4j.cli.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.data2vec4j.cli.run.RunArguments;
import org.data2vec4j.cli.run.TrainedRun;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.audio.AudioOptions;
import org.data2vec4j.data.audio.AudioSource;
import org.data2vec4j.data.audio.AudioSources;
import org.data2vec4j.eval.speech.AudioFeatures;
import org.data2vec4j.eval.speech.LabelledAudio;
import org.data2vec4j.eval.speech.SpeechEvaluation;
import org.data2vec4j.model.modality.Encoder;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.train.modality.AudioModality;
import org.jspecify.annotations.Nullable;

/** {@code d2v knn} and {@code d2v probe} on recordings: what can be told from frozen features, beside the controls. */
final class SpeechMeasure {
    private SpeechMeasure() {}

    static void run(
            TrainedRun run, AudioModality audio, RunArguments arguments, PrintWriter out, Consumer<String> warnings) {
        LabelledAudio.By by = by(arguments.get("by", "label"));
        String data = arguments.require("data", "data=FOLDER of recordings in class sub-folders");
        String test = arguments.get("test", data);
        if (test.equals(data) && arguments.get("test_split") == null) {
            throw new UserException(
                    "test=PATH or test_split=REGEX is missing: recordings to classify that are not in data");
        }
        AudioModality whole = audio.uncropped();
        try (AudioSource bankSource = open(data, arguments.get("labels"), arguments.get("split"));
                AudioSource testSource = open(test, arguments.get("labels"), arguments.get("test_split"))) {
            LabelledAudio bank = LabelledAudio.of(bankSource, by, List.of());
            LabelledAudio asked = LabelledAudio.of(testSource, by, bank.classes());
            AudioFeatures features = new AudioFeatures(
                    whole,
                    whole.measuring(run.config().train()),
                    run.precision().type(),
                    run.device(),
                    warnings);
            SpeechEvaluation evaluation = new SpeechEvaluation(
                    features,
                    bank,
                    asked,
                    MeasureCommand.knn(arguments),
                    run.config().seed());
            SpeechEvaluation.Scores logMel = evaluation.logMel();
            SpeechEvaluation.Result random = untrained(run, evaluation);
            for (Map.Entry<String, Encoder> encoder :
                    run.encoders(arguments.get("weights", "both")).entrySet()) {
                out.println(run.path() + " at update " + run.state().update() + ", " + encoder.getKey() + ", by "
                        + by.name().toLowerCase(Locale.ROOT));
                out.println(SpeechEvaluation.table(
                        evaluation.evaluate(encoder.getValue()),
                        random,
                        logMel,
                        bank.classes().size(),
                        bankSource.size(),
                        testSource.size()));
                out.flush();
            }
        }
    }

    private static SpeechEvaluation.Result untrained(TrainedRun run, SpeechEvaluation evaluation) {
        try (Scope scope = Scope.open()) {
            return evaluation.evaluate(run.config()
                    .build(run.device())
                    .encoders()
                    .values()
                    .iterator()
                    .next());
        }
    }

    private static AudioSource open(String data, @Nullable String labels, @Nullable String split) {
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
