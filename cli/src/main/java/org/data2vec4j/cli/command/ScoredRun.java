package org.data2vec4j.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.data2vec4j.audio.AudioModality;
import org.data2vec4j.audio.eval.SpeechEvaluation;
import org.data2vec4j.core.UserException;
import org.data2vec4j.evaluation.probe.EvaluationResult;
import org.data2vec4j.evaluation.probe.EvaluationResult.Metric;
import org.data2vec4j.evaluation.probe.Score;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.image.eval.ImageEvaluation;
import org.data2vec4j.lab.trial.RunMeasure;
import org.data2vec4j.lab.trial.RunScores;
import org.data2vec4j.lab.trial.RunScores.Pair;
import org.data2vec4j.run.LabelledRecordings;
import org.data2vec4j.run.LabelledSentences;
import org.data2vec4j.run.LoadedPretraining;
import org.data2vec4j.run.RunArguments;
import org.data2vec4j.text.TextModality;
import org.data2vec4j.text.eval.SentenceEvaluation;
import org.data2vec4j.train.run.PretrainConfig;
import org.jspecify.annotations.Nullable;

/** What {@code d2v knn} and {@code d2v probe} would print of a run, as numbers. */
final class ScoredRun implements RunMeasure {
    private final Consumer<String> warnings;

    /** Measures; {@code warnings} is told of samples that are skipped. */
    ScoredRun(Consumer<String> warnings) {
        this.warnings = warnings;
    }

    @Override
    public void check(PretrainConfig config, List<String> settings) {
        try {
            RunArguments arguments = MeasureCommand.arguments(settings);
            if (arguments.get("run") != null || arguments.get("weights") != null) {
                throw new UserException("run and weights are not given here; the encoder is measure.weights");
            }
            if (config.modality() instanceof AudioModality) {
                LabelledRecordings.check(arguments);
            } else if (config.modality() instanceof TextModality) {
                LabelledSentences.check(arguments);
            }
        } catch (UserException e) {
            throw new UserException("measure.settings: " + e.getMessage(), e);
        }
    }

    @Override
    public RunScores measure(Path path, List<String> settings, @Nullable RunScores known) {
        RunArguments arguments = MeasureCommand.arguments(settings);
        Found found = new Found(known);
        try (LoadedPretraining run = LoadedPretraining.open(path)) {
            if (run.config().modality() instanceof AudioModality audio) {
                SpeechMeasure.measure(run, audio, arguments, warnings, measured -> {
                    found.add(measured.encoder(), pair(measured.trained().last()));
                    found.controls(
                            () -> pair(measured.random().get().last()),
                            () -> pair(measured.logMel().get()));
                });
            } else if (run.config().modality() instanceof TextModality text) {
                TextMeasure.measure(run, text, arguments, warnings, measured -> {
                    int last = measured.trained().size() - 1;
                    found.add(measured.encoder(), pair(measured.trained().get(last)));
                    found.controls(
                            () -> pair(measured.random().get().get(last)),
                            () -> pair(measured.counts().get()));
                });
            } else if (run.config().modality() instanceof ImageModality image) {
                MeasureCommand.images(run, image, arguments, warnings, (encoder, evaluation) -> {
                    if (found.complete()) {
                        ImageEvaluation.Scores own = evaluation.scores(encoder.getValue());
                        found.add(encoder.getKey(), pair(own.knn(), own.probe()));
                        return;
                    }
                    EvaluationResult result = evaluation.evaluate(encoder.getValue());
                    EvaluationResult.Row knn = row(result, Metric.KNN);
                    EvaluationResult.Row probe = row(result, Metric.PROBE);
                    found.add(encoder.getKey(), pair(knn.pretrained(), probe.pretrained()));
                    found.controls(
                            () -> pair(knn.randomInitialisation(), probe.randomInitialisation()),
                            () -> pair(knn.rawPixels(), probe.rawPixels()));
                });
            }
        }
        return found.scores();
    }

    /** What was measured so far; controls are measured once. */
    private static final class Found {
        private final List<RunScores.Encoder> encoders = new ArrayList<>();
        private @Nullable Pair untrained;
        private @Nullable Pair control;

        Found(@Nullable RunScores known) {
            untrained = known == null ? null : known.untrained();
            control = known == null ? null : known.control();
        }

        boolean complete() {
            return untrained != null && control != null;
        }

        void add(String encoder, Pair scores) {
            encoders.add(new RunScores.Encoder(encoder, scores));
        }

        void controls(Supplier<Pair> untrainedScores, Supplier<Pair> controlScores) {
            if (!complete()) {
                untrained = untrainedScores.get();
                control = controlScores.get();
            }
        }

        RunScores scores() {
            return new RunScores(encoders, Objects.requireNonNull(untrained), Objects.requireNonNull(control));
        }
    }

    private static EvaluationResult.Row row(EvaluationResult result, Metric metric) {
        return result.rows().stream()
                .filter(row -> row.metric() == metric)
                .findFirst()
                .orElseThrow();
    }

    private static Pair pair(SpeechEvaluation.Scores scores) {
        return pair(scores.knn(), scores.probe());
    }

    private static Pair pair(SentenceEvaluation.Scores scores) {
        return pair(scores.knn(), scores.probe());
    }

    private static Pair pair(Score knn, Score probe) {
        return new Pair(knn.percent(), probe.percent());
    }
}
