package org.data2vec4j.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.data2vec4j.cli.run.RunArguments;
import org.data2vec4j.cli.run.TrainedRun;
import org.data2vec4j.cli.trial.RunMeasure;
import org.data2vec4j.cli.trial.RunScores;
import org.data2vec4j.cli.trial.RunScores.Pair;
import org.data2vec4j.core.UserException;
import org.data2vec4j.eval.EvaluationResult;
import org.data2vec4j.eval.EvaluationResult.Metric;
import org.data2vec4j.eval.Score;
import org.data2vec4j.train.modality.AudioModality;
import org.data2vec4j.train.modality.ImageModality;
import org.data2vec4j.train.modality.TextModality;
import org.data2vec4j.train.recipe.PretrainConfig;

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
                SpeechMeasure.check(arguments);
            } else if (config.modality() instanceof TextModality) {
                TextMeasure.check(arguments);
            }
        } catch (UserException e) {
            throw new UserException("measure.settings: " + e.getMessage(), e);
        }
    }

    @Override
    public RunScores measure(Path path, List<String> settings) {
        RunArguments arguments = MeasureCommand.arguments(settings);
        List<RunScores.Encoder> encoders = new ArrayList<>();
        List<Pair> controls = new ArrayList<>(); // the untrained encoder's and what needs none, each time again
        try (TrainedRun run = TrainedRun.open(path)) {
            if (run.config().modality() instanceof AudioModality audio) {
                SpeechMeasure.measure(run, audio, arguments, warnings, measured -> {
                    encoders.add(new RunScores.Encoder(
                            measured.encoder(),
                            pair(
                                    measured.trained().last().knn(),
                                    measured.trained().last().probe())));
                    controls.add(pair(
                            measured.random().last().knn(),
                            measured.random().last().probe()));
                    controls.add(pair(measured.logMel().knn(), measured.logMel().probe()));
                });
            } else if (run.config().modality() instanceof TextModality text) {
                TextMeasure.measure(run, text, arguments, warnings, measured -> {
                    int last = measured.trained().size() - 1;
                    encoders.add(new RunScores.Encoder(
                            measured.encoder(),
                            pair(
                                    measured.trained().get(last).knn(),
                                    measured.trained().get(last).probe())));
                    controls.add(pair(
                            measured.random().get(last).knn(),
                            measured.random().get(last).probe()));
                    controls.add(pair(measured.counts().knn(), measured.counts().probe()));
                });
            } else if (run.config().modality() instanceof ImageModality image) {
                MeasureCommand.images(run, image, arguments, warnings, (encoder, result) -> {
                    EvaluationResult.Row knn = row(result, Metric.KNN);
                    EvaluationResult.Row probe = row(result, Metric.PROBE);
                    encoders.add(new RunScores.Encoder(encoder, pair(knn.pretrained(), probe.pretrained())));
                    controls.add(pair(knn.randomInitialisation(), probe.randomInitialisation()));
                    controls.add(pair(knn.rawPixels(), probe.rawPixels()));
                });
            }
        }
        return new RunScores(encoders, controls.get(0), controls.get(1));
    }

    private static EvaluationResult.Row row(EvaluationResult result, Metric metric) {
        return result.rows().stream()
                .filter(row -> row.metric() == metric)
                .findFirst()
                .orElseThrow();
    }

    private static Pair pair(Score knn, Score probe) {
        return new Pair(knn.percent(), probe.percent());
    }
}
