package org.data2vec4j.cli.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
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

    /** What was measured of an encoder, beside the controls, which are measured when asked for. */
    record Measured(
            String encoder,
            SpeechEvaluation.Result trained,
            Supplier<SpeechEvaluation.Result> random,
            Supplier<SpeechEvaluation.Scores> logMel,
            int classes,
            int bank,
            int test) {
        private String table() {
            return SpeechEvaluation.table(trained, random.get(), logMel.get(), classes, bank, test);
        }
    }

    /** Refuses arguments that name no recordings to measure on. */
    static void check(RunArguments arguments) {
        String data = arguments.require("data", "data=FOLDER of recordings in class sub-folders");
        if (arguments.get("test", data).equals(data) && arguments.get("test_split") == null) {
            throw new UserException(
                    "test=PATH or test_split=REGEX is missing: recordings to classify that are not in data");
        }
        by(arguments.get("by", "label"));
    }

    static void run(
            TrainedRun run, AudioModality audio, RunArguments arguments, PrintWriter out, Consumer<String> warnings) {
        measure(run, audio, arguments, warnings, measured -> {
            out.println(run.path() + " at update " + run.state().update() + ", " + measured.encoder() + ", by "
                    + arguments.get("by", "label"));
            out.println(measured.table());
            out.flush();
        });
    }

    /** Measures one encoder after the other. */
    static void measure(
            TrainedRun run,
            AudioModality audio,
            RunArguments arguments,
            Consumer<String> warnings,
            Consumer<Measured> told) {
        check(arguments);
        LabelledAudio.By by = by(arguments.get("by", "label"));
        String data = arguments.get("data", "");
        AudioModality whole = audio.uncropped();
        try (AudioSource bankSource = open(data, arguments.get("labels"), arguments.get("split"));
                AudioSource testSource =
                        open(arguments.get("test", data), arguments.get("labels"), arguments.get("test_split"))) {
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
            Supplier<SpeechEvaluation.Scores> logMel = new Once<>(evaluation::logMel);
            Supplier<SpeechEvaluation.Result> random = new Once<>(() -> untrained(run, evaluation));
            for (Map.Entry<String, Encoder> encoder :
                    run.encoders(arguments.get("weights", "both")).entrySet()) {
                told.accept(new Measured(
                        encoder.getKey(),
                        evaluation.evaluate(encoder.getValue()),
                        random,
                        logMel,
                        bank.classes().size(),
                        bankSource.size(),
                        testSource.size()));
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
