package org.data2vec4j.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.data2vec4j.WeightsChoice;
import org.data2vec4j.core.UserException;
import org.data2vec4j.evaluation.probe.FeatureView;
import org.data2vec4j.evaluation.probe.KnnConfig;
import org.data2vec4j.evaluation.probe.KnnSpace;
import org.data2vec4j.evaluation.probe.Pooling;
import org.data2vec4j.evaluation.probe.Score;
import org.data2vec4j.evaluation.suite.EvaluationSuite;
import org.data2vec4j.evaluation.suite.FrozenConfig;
import org.data2vec4j.evaluation.suite.FrozenEvaluation;
import org.data2vec4j.evaluation.suite.ViewScore;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.run.LoadedPretraining;
import org.data2vec4j.run.RunArguments;
import org.data2vec4j.run.RunLabels;
import org.data2vec4j.train.data.LabelledSplit;

/**
 * The short evaluation of a run: what {@code d2v knn} and {@code d2v probe} print, and what races and ablations measure. Open until
 * closed; the run stays open.
 */
public final class FrozenRun implements AutoCloseable {
    /** The arguments that it takes, in words. */
    public static final String ALLOWED =
            "run=DIR, data=PATH, test=PATH, weights=student|teacher|both, layer=N|last|all|sum,"
                    + " pool=mean|cls, bank=N, queries=N, k=N, temperature=T, space=raw|whitened; for audio by=label|speaker, labels=REGEX,"
                    + " split=REGEX, test_split=REGEX; for text task=NAME";

    private static final Set<String> KEYS = Set.of(
            "run",
            "data",
            "test",
            "weights",
            "layer",
            "pool",
            "bank",
            "queries",
            "k",
            "temperature",
            "space",
            "by",
            "labels",
            "split",
            "test_split",
            "task");

    private static final String SUM = "sum";

    private final LoadedPretraining run;
    private final RunArguments arguments;
    private final LabelledSplit data;
    private final FrozenEvaluation evaluation;

    private FrozenRun(LoadedPretraining run, RunArguments arguments, LabelledSplit data, FrozenEvaluation evaluation) {
        this.run = run;
        this.arguments = arguments;
        this.data = data;
        this.evaluation = evaluation;
    }

    /** Words as arguments; unknown ones are refused. */
    public static RunArguments arguments(List<String> words) {
        RunArguments arguments = new RunArguments(words, KEYS);
        arguments.noOverrides(ALLOWED);
        return arguments;
    }

    /**
     * Opens the labelled samples.
     *
     * @param warnings told of samples that are skipped
     */
    public static FrozenRun open(LoadedPretraining run, RunArguments arguments, Consumer<String> warnings) {
        FrozenConfig config = config(arguments);
        LabelledSplit data =
                run.config().modality().labelled(RunLabels.of(run.config(), run.path(), arguments), warnings);
        return new FrozenRun(
                run,
                arguments,
                data,
                RunLabels.evaluation(
                        run.config(),
                        config,
                        data,
                        run.device(),
                        run.precision().type()));
    }

    /** What the arguments ask for; throws unless they are understood. */
    public static FrozenConfig config(RunArguments arguments) {
        KnnConfig knn = new KnnConfig(
                arguments.number("k", KnnConfig.DEFAULT.k()),
                arguments.decimal("temperature", KnnConfig.DEFAULT.temperature()),
                space(arguments));
        return new FrozenConfig(views(arguments), knn, FrozenConfig.DEFAULT.ridge());
    }

    /** The space in which arguments ask for neighbours. */
    static KnnSpace space(RunArguments arguments) {
        String space = arguments.get("space", "raw");
        return switch (space) {
            case "raw" -> KnnSpace.RAW;
            case "whitened" -> KnnSpace.WHITENED;
            default -> throw new UserException("space is '" + space + "'; allowed: raw, whitened");
        };
    }

    private static List<FeatureView> views(RunArguments arguments) {
        String layer = arguments.get("layer", "last");
        String pool = arguments.get("pool", "mean").toUpperCase(Locale.ROOT);
        if (!pool.equals("MEAN") && !pool.equals("CLS")) {
            throw new UserException("pool is '" + arguments.get("pool") + "'; allowed: mean, cls");
        }
        boolean several = layer.equals("all") || layer.equals(SUM);
        if (several && pool.equals("CLS")) {
            throw new UserException("layer=" + layer + " takes the mean of positions; leave pool=cls out");
        }
        if (layer.equals("all")) {
            return List.of();
        }
        return List.of(new FeatureView(
                layer.equals("last") || several ? FeatureView.LAST : arguments.number("layer", 0),
                Pooling.valueOf(pool)));
    }

    /** The encoders that are asked for, by name. */
    public Map<String, Encoder> encoders() {
        return run.encoders(WeightsChoice.several(arguments.get("weights", "both")));
    }

    /** The evaluation. */
    public FrozenEvaluation evaluation() {
        return evaluation;
    }

    /** Everything that is asked for, of all encoders, beside both controls. */
    public FrozenScores scores() {
        Map<String, List<ViewScore>> subjects = new LinkedHashMap<>();
        Map<String, Score> sums = new LinkedHashMap<>();
        boolean summed = arguments.get("layer", "last").equals(SUM);
        encoders().forEach((name, encoder) -> {
            subjects.put(name, evaluation.scores(encoder));
            if (summed) {
                sums.put(name, evaluation.layerSum(encoder));
            }
        });
        List<String> encoders = new ArrayList<>(subjects.keySet());
        subjects.put(EvaluationSuite.RANDOM, evaluation.untrained());
        if (summed) {
            sums.put(EvaluationSuite.RANDOM, evaluation.untrainedLayerSum());
        }
        return new FrozenScores(
                run.path().toString(), run.state().update(), data, encoders, subjects, sums, evaluation.baseline());
    }

    @Override
    public void close() {
        data.close();
    }
}
