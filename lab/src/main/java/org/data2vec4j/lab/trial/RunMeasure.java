package org.data2vec4j.lab.trial;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.data2vec4j.core.UserException;
import org.data2vec4j.evaluate.FrozenRun;
import org.data2vec4j.evaluation.suite.FrozenEvaluation;
import org.data2vec4j.evaluation.suite.ViewScore;
import org.data2vec4j.run.LoadedPretraining;
import org.data2vec4j.run.RunArguments;
import org.data2vec4j.run.RunLabels;
import org.data2vec4j.train.run.PretrainConfig;
import org.jspecify.annotations.Nullable;

/** Measures trained runs: what {@code d2v knn} and {@code d2v probe} print of them, as numbers. */
public final class RunMeasure {
    private final Consumer<String> warnings;

    /** Measures; {@code warnings} is told of samples that are skipped. */
    public RunMeasure(Consumer<String> warnings) {
        this.warnings = warnings;
    }

    /** Throws a {@link UserException} unless runs of a recipe can be measured so; before anything is trained. */
    public void check(PretrainConfig config, List<String> settings) {
        try {
            RunArguments arguments = FrozenRun.arguments(settings);
            if (arguments.get("run") != null || arguments.get("weights") != null) {
                throw new UserException("run and weights are not given here; the encoder is measure.weights");
            }
            FrozenRun.config(arguments);
            config.modality().checkLabels(RunLabels.of(config, Path.of(config.run()), arguments));
        } catch (UserException e) {
            throw new UserException("measure.settings: " + e.getMessage(), e);
        }
    }

    /**
     * The scores of the newest checkpoint of a run.
     *
     * @param settings as of {@link Measure#settings}
     * @param known scores of a run that differs from this in training only: those of the untrained encoder and of the control are taken
     *     from it; null to measure them too
     */
    public RunScores measure(Path path, List<String> settings, @Nullable RunScores known) {
        List<RunScores.Encoder> encoders = new ArrayList<>();
        try (LoadedPretraining run = LoadedPretraining.open(path);
                FrozenRun measured = FrozenRun.open(run, FrozenRun.arguments(settings), warnings)) {
            FrozenEvaluation evaluation = measured.evaluation();
            measured.encoders()
                    .forEach((name, encoder) ->
                            encoders.add(new RunScores.Encoder(name, last(evaluation.scores(encoder)))));
            return new RunScores(
                    encoders,
                    known == null ? last(evaluation.untrained()) : known.untrained(),
                    known == null ? pair(evaluation.baseline()) : known.control());
        }
    }

    private static RunScores.Pair last(List<ViewScore> views) {
        return pair(views.get(views.size() - 1));
    }

    private static RunScores.Pair pair(ViewScore score) {
        return new RunScores.Pair(score.knn().percent(), score.linear().percent());
    }
}
