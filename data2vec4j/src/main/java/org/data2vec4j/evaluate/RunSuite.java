package org.data2vec4j.evaluate;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.data2vec4j.WeightsChoice;
import org.data2vec4j.core.UserException;
import org.data2vec4j.evaluation.file.AtomicText;
import org.data2vec4j.evaluation.health.PatchMaps;
import org.data2vec4j.evaluation.probe.KnnConfig;
import org.data2vec4j.evaluation.suite.EvaluationSuite;
import org.data2vec4j.evaluation.suite.SuiteConfig;
import org.data2vec4j.evaluation.suite.SuiteResult;
import org.data2vec4j.evaluation.suite.SuiteScore;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.report.PatchFigure;
import org.data2vec4j.report.Picture;
import org.data2vec4j.run.LoadedPretraining;
import org.data2vec4j.run.RunArguments;
import org.data2vec4j.run.RunLabels;
import org.data2vec4j.run.RunWatch;
import org.data2vec4j.run.SeedSweep;
import org.data2vec4j.run.Thumbnails;
import org.data2vec4j.train.data.LabelledSplit;

/** {@code d2v evaluate}: measures a run and writes the page and the file. */
public final class RunSuite {
    /** The arguments it knows. */
    public static final Set<String> KEYS = Set.of(
            "run",
            "data",
            "test",
            "weights",
            "bank",
            "queries",
            "k",
            "temperature",
            "space",
            "by",
            "labels",
            "split",
            "test_split",
            "task",
            "seeds",
            "shares",
            "tokens",
            "map",
            "finetune",
            "recipe",
            "out");

    /** The arguments it knows, in words. */
    public static final String ALLOWED =
            "run=DIR, data=PATH, test=PATH, weights=student|teacher|both, bank=N, queries=N, k=N,"
                    + " temperature=T, seeds=0,1,2, shares=0.01,0.1, tokens=N, map=N, finetune=UPDATES, recipe=NAME, out=DIR; for"
                    + " recordings by=label|speaker, labels=REGEX, split=REGEX, test_split=REGEX; for text task=NAME";

    private static final int FIGURES = 6;

    private final RunArguments arguments;
    private final PrintWriter out;
    private final Consumer<String> warnings;
    private final RunWatch watch;

    /**
     * An evaluation.
     *
     * @param arguments of {@link #KEYS}
     * @param out told what is being done, and the scores
     * @param warnings told of samples that are skipped
     * @param watch follows the fine-tuning runs, if any are asked for
     */
    public RunSuite(RunArguments arguments, PrintWriter out, Consumer<String> warnings, RunWatch watch) {
        this.arguments = arguments;
        this.out = out;
        this.warnings = warnings;
        this.watch = watch;
    }

    /** Measures and writes; the files lie in {@code out=DIR} or the run directory. */
    public void run() {
        Path path = Path.of(arguments.require("run", "d2v evaluate runs/image-tiny"));
        Path folder = Path.of(arguments.get("out", path.toString()));
        SuiteConfig config = config();
        try (LoadedPretraining run = LoadedPretraining.open(path);
                LabelledSplit data = data(run)) {
            FineTuneTrials trials = arguments.number("finetune", 0) > 0
                    ? new FineTuneTrials(run, config, arguments, folder, out, watch)
                    : null; // refused before the long part begins
            Map<String, Encoder> encoders = run.encoders(WeightsChoice.several(arguments.get("weights", "both")));
            SuiteResult result = new EvaluationSuite(
                            config, data, run.device(), run.precision().type(), this::say)
                    .run(encoders, seed -> RunLabels.untrained(run.config(), seed, run.device()));
            Map<String, String> protocol = new LinkedHashMap<>(Protocol.of(config, data, result));
            protocol.put("chance", String.format(Locale.ROOT, "%.1f", data.chance()));
            List<SuiteScore> scores = new ArrayList<>(result.scores());
            if (trials != null) {
                List<String> names = List.copyOf(encoders.keySet());
                scores.addAll(trials.run(names.get(0), data.test().size()));
                protocol.putAll(trials.protocol());
            }
            List<String> subjects = new ArrayList<>(encoders.keySet());
            subjects.addAll(List.of(EvaluationSuite.RANDOM, EvaluationSuite.RAW));
            Evaluated evaluated = new Evaluated(
                    path.toString(),
                    run.config().method().title(),
                    run.config().modality().samples(),
                    run.state().update(),
                    protocol,
                    result,
                    scores,
                    data.test(),
                    patches(run, encoders, data),
                    subjects);
            EvaluationFile.write(folder.resolve(EvaluationFile.NAME), evaluated);
            String page = new EvaluationPage(evaluated).render();
            AtomicText.write(folder.resolve(EvaluationPage.NAME), file -> file.write(page));
        }
        out.println(
                RunComparison.of(List.of(folder.resolve(EvaluationFile.NAME))).text());
        say("wrote " + folder.resolve(EvaluationPage.NAME) + " and " + folder.resolve(EvaluationFile.NAME));
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }

    private LabelledSplit data(LoadedPretraining run) {
        return run.config().modality().labelled(RunLabels.of(run.config(), run.path(), arguments), warnings);
    }

    private SuiteConfig config() {
        SuiteConfig usual = SuiteConfig.DEFAULT;
        return new SuiteConfig(
                new KnnConfig(
                        arguments.number("k", KnnConfig.DEFAULT.k()),
                        arguments.decimal("temperature", KnnConfig.DEFAULT.temperature()),
                        FrozenRun.space(arguments)),
                usual.ridge(),
                usual.attentive(),
                shares(usual.shares()),
                arguments.get("seeds") == null ? usual.seeds() : SeedSweep.seeds(arguments.get("seeds", "")),
                arguments.number("tokens", usual.tokenSamples()),
                usual.tokens(),
                usual.healthSamples(),
                arguments.number("map", usual.mapSamples()),
                usual.perplexity());
    }

    private List<Double> shares(List<Double> usual) {
        String words = arguments.get("shares");
        if (words == null) {
            return usual;
        }
        try {
            return words.isEmpty()
                    ? List.of()
                    : Arrays.stream(words.split(",", -1))
                            .map(Double::parseDouble)
                            .distinct()
                            .toList();
        } catch (NumberFormatException e) {
            throw new UserException(
                    "shares is '" + words + "'; allowed: numbers above 0 and below 1, as in shares=0.01,0.1", e);
        }
    }

    /** Of images spread over the test samples, by the last encoder: the teacher, where there is one. */
    private List<PatchFigure> patches(LoadedPretraining run, Map<String, Encoder> encoders, LabelledSplit data) {
        List<Encoder> all = List.copyOf(encoders.values());
        Encoder last = all.get(all.size() - 1);
        Set<Integer> wanted = new HashSet<>();
        for (int i = 0; i < FIGURES; i++) {
            wanted.add((int) ((i + 0.5) * data.test().size() / FIGURES));
        }
        List<PatchFigure> figures = new ArrayList<>();
        data.test().forEachBatch(run.device(), images -> {
            if (Arrays.stream(images.ids()).noneMatch(id -> wanted.contains((int) id))) {
                return;
            }
            if (!PatchMaps.possible(last, images)) {
                return;
            }
            List<PatchMaps> maps = PatchMaps.of(last, images);
            for (int i = 0; i < maps.size(); i++) {
                int index = (int) images.ids()[i];
                Picture picture =
                        wanted.contains(index) ? Thumbnails.small(data.test().preview(index)) : null;
                if (picture != null) {
                    int label = data.test().label(index);
                    String name = label < 0 ? "" : data.test().classes().get(label);
                    figures.add(figure(picture, name, maps.get(i)));
                }
            }
        });
        return figures;
    }

    private static PatchFigure figure(Picture picture, String label, PatchMaps maps) {
        List<PatchFigure.Map> shown = new ArrayList<>();
        shown.add(new PatchFigure.Map(
                maps.ofCls() ? "attention of the CLS token" : "attention of all patches", maps.attention(), -1));
        for (int i = 0; i < maps.anchors().size(); i++) {
            shown.add(new PatchFigure.Map(
                    "likeness to the marked patch",
                    maps.similarity().get(i),
                    maps.anchors().get(i)));
        }
        return new PatchFigure(picture, label, maps.height(), maps.width(), shown);
    }
}
