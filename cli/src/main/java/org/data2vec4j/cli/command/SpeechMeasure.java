package org.data2vec4j.cli.command;

import java.io.PrintWriter;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.data2vec4j.audio.AudioModality;
import org.data2vec4j.audio.eval.AudioFeatures;
import org.data2vec4j.audio.eval.SpeechEvaluation;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.run.LabelledRecordings;
import org.data2vec4j.run.LoadedPretraining;
import org.data2vec4j.run.RunArguments;
import org.data2vec4j.tensor.Scope;

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

    static void run(
            LoadedPretraining run,
            AudioModality audio,
            RunArguments arguments,
            PrintWriter out,
            Consumer<String> warnings) {
        measure(run, audio, arguments, warnings, measured -> {
            out.println(run.path() + " at update " + run.state().update() + ", " + measured.encoder() + ", by "
                    + arguments.get("by", "label"));
            out.println(measured.table());
            out.flush();
        });
    }

    /** Measures one encoder after the other. */
    static void measure(
            LoadedPretraining run,
            AudioModality audio,
            RunArguments arguments,
            Consumer<String> warnings,
            Consumer<Measured> told) {
        AudioModality whole = audio.uncropped();
        try (LabelledRecordings recordings = LabelledRecordings.open(arguments)) {
            AudioFeatures features = new AudioFeatures(
                    whole,
                    whole.measuring(run.config().train()),
                    run.precision().type(),
                    run.device(),
                    warnings);
            SpeechEvaluation evaluation = new SpeechEvaluation(
                    features,
                    recordings.bank(),
                    recordings.test(),
                    MeasureCommand.knn(arguments),
                    run.config().seed());
            Supplier<SpeechEvaluation.Scores> logMel = new Lazy<>(evaluation::logMel);
            Supplier<SpeechEvaluation.Result> random = new Lazy<>(() -> untrained(run, evaluation));
            for (Map.Entry<String, Encoder> encoder :
                    run.encoders(arguments.get("weights", "both")).entrySet()) {
                told.accept(new Measured(
                        encoder.getKey(),
                        evaluation.evaluate(encoder.getValue()),
                        random,
                        logMel,
                        recordings.bank().classes().size(),
                        recordings.bankSource().size(),
                        recordings.testSource().size()));
            }
        }
    }

    private static SpeechEvaluation.Result untrained(LoadedPretraining run, SpeechEvaluation evaluation) {
        try (Scope scope = Scope.open()) {
            return evaluation.evaluate(run.config()
                    .build(run.device())
                    .encoders()
                    .values()
                    .iterator()
                    .next());
        }
    }
}
