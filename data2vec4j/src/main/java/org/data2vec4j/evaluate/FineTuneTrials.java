package org.data2vec4j.evaluate;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.data2vec4j.Recipe;
import org.data2vec4j.core.UserException;
import org.data2vec4j.evaluation.finetune.FineTuneConfig;
import org.data2vec4j.evaluation.suite.EvaluationSuite;
import org.data2vec4j.evaluation.suite.Probe;
import org.data2vec4j.evaluation.suite.SuiteConfig;
import org.data2vec4j.evaluation.suite.SuiteScore;
import org.data2vec4j.run.FineTuneRun;
import org.data2vec4j.run.LoadedPretraining;
import org.data2vec4j.run.RunArguments;
import org.data2vec4j.run.RunCommand;
import org.data2vec4j.run.RunWatch;
import org.data2vec4j.train.record.MetricHistory;
import org.data2vec4j.train.record.MetricsFile;

/**
 * The same model fine-tuned from the pre-trained encoder and trained from scratch, for as many updates, by each share of the labels and
 * each seed. Shares are of all training data, chosen as {@code d2v finetune labelled=} does. Every run has a directory of its own, so
 * what was done is not done again.
 */
final class FineTuneTrials {
    /** Where other updates are asked for than before, a trial goes on to them. */
    private static final RunCommand LONGER = new RunCommand("", RunCommand.ChangedSettings.ACCEPT);

    /** Our recipe that learns classes, by what samples are called. */
    private static final Map<String, String> RECIPES =
            Map.of("images", "image-tiny-classes", "texts", "text-tiny-trec");

    private final LoadedPretraining run;
    private final SuiteConfig config;
    private final RunArguments arguments;
    private final Path folder;
    private final PrintWriter out;
    private final RunWatch watch;
    private final int updates;
    private final String recipe;

    FineTuneTrials(
            LoadedPretraining run,
            SuiteConfig config,
            RunArguments arguments,
            Path folder,
            PrintWriter out,
            RunWatch watch) {
        this.run = run;
        this.config = config;
        this.arguments = arguments;
        this.folder = folder.resolve("finetune");
        this.out = out;
        this.watch = watch;
        this.updates = arguments.number("finetune", 0);
        this.recipe = arguments.get("recipe", recipe(run));
        if (arguments.get("test", run.config().evaluate().testData()).isEmpty()) {
            throw new UserException("test=PATH is missing: fine-tuning is measured on data of its own");
        }
    }

    private static String recipe(LoadedPretraining run) {
        String samples = run.config().modality().samples();
        String recipe = RECIPES.get(samples);
        if (recipe != null) {
            return recipe;
        }
        throw new UserException("finetune=N works for images and text; for " + samples
                + " leave it out (there is no recipe" + " that learns their classes)");
    }

    /** What scores depend on, for the protocol. */
    Map<String, String> protocol() {
        return Map.of(
                "finetune",
                updates + " updates of " + recipe,
                "finetune_data",
                "shares of all labelled training data, subset_seed = seed");
    }

    /** The scores: subjects are an encoder, and {@code random} for what was trained from scratch. */
    List<SuiteScore> run(String encoder, int tested) {
        List<SuiteScore> scores = new ArrayList<>();
        for (double share : config.shares()) {
            for (String weights : List.of(encoder, EvaluationSuite.RANDOM)) {
                List<Double> values = new ArrayList<>();
                for (long seed : config.seeds()) {
                    values.add(score(weights, share, seed));
                }
                scores.add(new SuiteScore(Probe.FINE_TUNED, share, weights, values, tested, List.of()));
            }
        }
        return scores;
    }

    private double score(String weights, double share, long seed) {
        Path directory = folder.resolve(weights + "-" + share + "-" + seed);
        List<String> overrides = new ArrayList<>(List.of(
                "from=" + run.path(),
                "weights=" + weights,
                "data=" + arguments.get("data", run.config().data()),
                "test=" + arguments.get("test", run.config().evaluate().testData()),
                "labelled=" + share,
                "subset_seed=" + seed,
                "seed=" + seed,
                "run=" + directory,
                "device=" + run.config().device(),
                "train.updates=" + updates,
                "train.threads=" + run.config().train().threads(),
                "schedule.warmup=" + Math.max(1, updates / 10),
                "checkpoint.every_updates=" + updates,
                "evaluate.every_updates=0"));
        String task = arguments.get("task");
        if (task != null) {
            overrides.add("sentences.glue=" + task);
        }
        FineTuneConfig tuning = Recipe.load(recipe, overrides).bind(FineTuneConfig.class);
        if (!new FineTuneRun(tuning, out, watch, LONGER).run().finished()) {
            throw new UserException("stopped; the same command goes on");
        }
        MetricHistory history = MetricsFile.read(directory.resolve(MetricsFile.NAME));
        return history.names().stream()
                .filter(name -> name.startsWith("eval/accuracy"))
                .map(history::last)
                .flatMapToDouble(OptionalDouble::stream)
                .findFirst()
                .orElseThrow(() -> new UserException(String.format(
                        Locale.ROOT, "%s has no accuracy; does recipe %s measure classes?", directory, recipe)));
    }
}
