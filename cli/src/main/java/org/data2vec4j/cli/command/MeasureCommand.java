package org.data2vec4j.cli.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.data2vec4j.audio.AudioModality;
import org.data2vec4j.core.UserException;
import org.data2vec4j.evaluation.probe.EvaluationConfig;
import org.data2vec4j.evaluation.probe.EvaluationResult;
import org.data2vec4j.evaluation.probe.FeatureView;
import org.data2vec4j.evaluation.probe.KnnConfig;
import org.data2vec4j.evaluation.probe.Pooling;
import org.data2vec4j.evaluation.probe.RidgeConfig;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.image.data.ImageSource;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.run.ImageRunEvaluation;
import org.data2vec4j.run.LoadedPretraining;
import org.data2vec4j.run.RunArguments;
import org.data2vec4j.text.TextModality;
import org.data2vec4j.train.EvaluateConfig;
import org.data2vec4j.train.run.PretrainConfig;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What {@code d2v knn} and {@code d2v probe} share: a run's frozen features on labelled images, beside the controls. */
abstract class MeasureCommand implements Callable<Integer> {
    private static final String KEYS = "run=DIR, data=PATH, test=PATH, weights=student|teacher|both, layer=N|last,"
            + " pool=mean|cls, bank=N, queries=N, k=N, temperature=T; for recordings by=label|speaker, labels=REGEX,"
            + " split=REGEX, test_split=REGEX; for text task=NAME";

    private static final Set<String> OWN = Set.of(
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
            "by",
            "labels",
            "split",
            "test_split",
            "task");

    @Parameters(
            arity = "1..*",
            paramLabel = "KEY=VALUE",
            description = "run=DIR; optional: data=PATH (labelled images that classify; the run's own unless given),"
                    + " test=PATH (images to classify; a held-out fifth of data unless given),"
                    + " weights=student|teacher|both, layer=N or last, pool=mean|cls, bank=N, queries=N."
                    + " For text, data and test are files of lines 'label sentence', or .tsv files of the GLUE"
                    + " task=NAME.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    List<String> words;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    /** Which rows to print. */
    abstract EvaluationResult.Metric metric();

    /** Measures and prints a table per encoder. */
    @Override
    public Integer call() {
        RunArguments arguments = arguments(words);
        Path path = Path.of(arguments.require("run", "run=runs/image-tiny"));
        PrintWriter out = spec.commandLine().getOut();
        try (LoadedPretraining run = LoadedPretraining.open(path)) {
            if (run.config().modality() instanceof AudioModality audio) {
                SpeechMeasure.run(run, audio, arguments, out, spec.commandLine().getErr()::println);
                return 0;
            }
            if (run.config().modality() instanceof TextModality text) {
                TextMeasure.run(run, text, arguments, out, spec.commandLine().getErr()::println);
                return 0;
            }
            if (!(run.config().modality() instanceof ImageModality image)) {
                throw new UserException(
                        path + " was trained on " + run.config().modality().samples()
                                + "; d2v knn and d2v probe measure encoders of images, recordings and text");
            }
            measure(run, image, path, arguments, out);
        }
        return 0;
    }

    /** Words as arguments; unknown ones are refused. */
    static RunArguments arguments(List<String> words) {
        RunArguments arguments = new RunArguments(words, OWN);
        arguments.noOverrides(KEYS);
        return arguments;
    }

    private void measure(
            LoadedPretraining run, ImageModality image, Path path, RunArguments arguments, PrintWriter out) {
        images(run, image, arguments, spec.commandLine().getErr()::println, (encoder, evaluation) -> {
            EvaluationResult result = evaluation.evaluate(encoder.getValue());
            out.println(path + " at update " + run.state().update() + ", " + encoder.getKey());
            out.println(of(metric(), result).table());
            out.flush();
        });
    }

    /** Hands over one encoder after the other with what measures it on pictures. */
    static void images(
            LoadedPretraining run,
            ImageModality image,
            RunArguments arguments,
            Consumer<String> warnings,
            BiConsumer<Map.Entry<String, Encoder>, ImageRunEvaluation> told) {
        PretrainConfig config = measured(run.config(), arguments);
        try (ImageSource source = image.source(arguments.get("data", config.data()), config.seed());
                ImageRunEvaluation evaluation = new ImageRunEvaluation(
                        config,
                        image,
                        new EvaluationConfig(List.of(view(arguments)), knn(arguments), RidgeConfig.DEFAULT),
                        source,
                        run.precision().type(),
                        run.device(),
                        warnings)) {
            run.encoders(arguments.get("weights", "both"))
                    .entrySet()
                    .forEach(encoder -> told.accept(encoder, evaluation));
        }
    }

    private static PretrainConfig measured(PretrainConfig config, RunArguments arguments) {
        EvaluateConfig own = config.evaluate();
        // Data of one's own comes with a test set of one's own, or is divided; the run's test set belongs to the run's
        // data.
        String test = arguments.get("test", arguments.get("data") == null ? own.data() : "");
        return config.evaluating(new EvaluateConfig(
                0, test, arguments.number("bank", own.bank()), arguments.number("queries", own.queries())));
    }

    private static FeatureView view(RunArguments arguments) {
        String layer = arguments.get("layer", "last");
        String pool = arguments.get("pool", "mean").toUpperCase(Locale.ROOT);
        if (!pool.equals("MEAN") && !pool.equals("CLS")) {
            throw new UserException("pool is '" + arguments.get("pool") + "'; allowed: mean, cls");
        }
        return new FeatureView(
                layer.equals("last") ? FeatureView.LAST : arguments.number("layer", 0), Pooling.valueOf(pool));
    }

    /** The vote that the arguments ask for. */
    static KnnConfig knn(RunArguments arguments) {
        return new KnnConfig(
                arguments.number("k", KnnConfig.DEFAULT.k()),
                arguments.decimal("temperature", KnnConfig.DEFAULT.temperature()));
    }

    private static EvaluationResult of(EvaluationResult.Metric metric, EvaluationResult all) {
        List<EvaluationResult.Row> rows = new ArrayList<>(all.rows());
        rows.removeIf(row -> row.metric() != metric);
        return new EvaluationResult(
                rows,
                all.chance(),
                all.classes(),
                all.bank(),
                all.test(),
                all.unlabelled(),
                all.skipped(),
                all.seconds(),
                all.controlSeconds());
    }
}
