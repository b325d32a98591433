package org.data2vec4j.cli.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.run.LabelledSentences;
import org.data2vec4j.run.LoadedPretraining;
import org.data2vec4j.run.RunArguments;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.text.TextModality;
import org.data2vec4j.text.data.LabelledData;
import org.data2vec4j.text.data.LabelledSamples;
import org.data2vec4j.text.eval.SentenceEvaluation;
import org.data2vec4j.text.eval.SentenceFeatures;
import org.data2vec4j.text.tokenizer.BpeTokenizer;

/** {@code d2v knn} and {@code d2v probe} on sentences: what can be told from frozen features, beside the controls. */
final class TextMeasure {
    private TextMeasure() {}

    /**
     * What was measured of an encoder, beside the controls, which are measured when asked for; scores by block, the last is the
     * output's.
     */
    record Measured(
            String encoder,
            List<SentenceEvaluation.Scores> trained,
            Supplier<List<SentenceEvaluation.Scores>> random,
            Supplier<SentenceEvaluation.Scores> counts,
            Supplier<String> table) {}

    static void run(
            LoadedPretraining run,
            TextModality text,
            RunArguments arguments,
            PrintWriter out,
            Consumer<String> warnings) {
        measure(run, text, arguments, warnings, measured -> {
            out.println(run.path() + " at update " + run.state().update() + ", " + measured.encoder());
            out.println(measured.table().get());
            out.flush();
        });
    }

    /** Measures one encoder after the other. */
    static void measure(
            LoadedPretraining run,
            TextModality text,
            RunArguments arguments,
            Consumer<String> warnings,
            Consumer<Measured> told) {
        LabelledSentences sentences = LabelledSentences.open(arguments, "d2v knn and d2v probe measure", warnings);
        LabelledData bank = sentences.bank();
        LabelledData test = sentences.test();
        BpeTokenizer tokenizer = text.tokenizer(run.path());
        SentenceEvaluation evaluation = new SentenceEvaluation(
                new SentenceFeatures(
                        text, run.config().train().batch(), run.precision().type(), run.device()),
                new LabelledSamples(bank.texts(), tokenizer, text.length()),
                new LabelledSamples(test.texts(), tokenizer, text.length()),
                MeasureCommand.knn(arguments));
        Supplier<SentenceEvaluation.Scores> counts = new Lazy<>(evaluation::bagOfTokens);
        Supplier<List<SentenceEvaluation.Scores>> random = new Lazy<>(() -> untrained(run, evaluation));
        for (Map.Entry<String, Encoder> encoder :
                run.encoders(arguments.get("weights", "both")).entrySet()) {
            List<SentenceEvaluation.Scores> trained = evaluation.evaluate(encoder.getValue());
            told.accept(new Measured(
                    encoder.getKey(),
                    trained,
                    random,
                    counts,
                    () -> evaluation.table(
                            trained,
                            random.get(),
                            counts.get(),
                            bank.task().classes().size())));
        }
    }

    private static List<SentenceEvaluation.Scores> untrained(LoadedPretraining run, SentenceEvaluation evaluation) {
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
