package org.data2vec4j.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.data2vec4j.WeightsChoice;
import org.data2vec4j.config.YamlWriter;
import org.data2vec4j.core.UserException;
import org.data2vec4j.evaluation.file.AtomicText;
import org.data2vec4j.evaluation.probe.Neighbours;
import org.data2vec4j.evaluation.suite.FrozenConfig;
import org.data2vec4j.evaluation.suite.FrozenEvaluation;
import org.data2vec4j.recipe.BuiltInPages;
import org.data2vec4j.report.EvaluationRow;
import org.data2vec4j.report.EvaluationTable;
import org.data2vec4j.report.Fact;
import org.data2vec4j.report.Neighbour;
import org.data2vec4j.report.NeighbourFigure;
import org.data2vec4j.report.PageParts;
import org.data2vec4j.report.PageRequest;
import org.data2vec4j.report.Picture;
import org.data2vec4j.report.ReportData;
import org.data2vec4j.report.ReportPage;
import org.data2vec4j.train.data.Dataset;
import org.data2vec4j.train.data.LabelSpec;
import org.data2vec4j.train.data.LabelledSplit;
import org.data2vec4j.train.record.MetricHistory;
import org.data2vec4j.train.record.MetricsFile;
import org.data2vec4j.train.run.PretrainConfig;

/** The page {@code report.html} of a run: what it is, how it went, what it learned. */
public final class RunReport {
    private static final String PAGE = "report.html";
    private static final int QUERIES = 8;
    private static final int TOP = 6;
    /** Enough pictures to find neighbours among, few enough to wait for. */
    private static final int BANK = 2000;

    private final LoadedPretraining run;
    private final PretrainConfig config;
    private final MetricHistory history;

    private RunReport(LoadedPretraining run) {
        this.run = run;
        this.config = run.config();
        this.history = MetricsFile.read(run.path().resolve(MetricsFile.NAME));
    }

    /** Whether the page is missing, or older than what it shows. */
    static boolean isDue(Path directory) {
        try {
            Path page = directory.resolve(PAGE);
            Path metrics = directory.resolve(MetricsFile.NAME);
            return !Files.exists(page)
                    || (Files.exists(metrics)
                            && Files.getLastModifiedTime(page).compareTo(Files.getLastModifiedTime(metrics)) < 0);
        } catch (IOException e) {
            throw new UserException("cannot read " + directory + ": " + e, e);
        }
    }

    /** Writes the page of a run directory that has a checkpoint, and returns its path. */
    public static Path write(Path directory) {
        String page = ReportPage.render(
                FineTuneReport.is(directory) ? new FineTuneReport(directory).data() : pretrained(directory));
        Path file = directory.resolve(PAGE);
        AtomicText.write(file, out -> out.write(page));
        return file;
    }

    private static ReportData pretrained(Path directory) {
        try (LoadedPretraining run = LoadedPretraining.open(directory);
                Dataset feed = run.config().modality().open(run.config().data(), run.context())) {
            return new RunReport(run).data(feed);
        }
    }

    private ReportData data(Dataset feed) {
        List<EvaluationTable> tables = new ArrayList<>(evaluations());
        PageParts own = BuiltInPages.of(new PageRequest(
                run.path(),
                config,
                run.method(),
                run.state().update(),
                feed,
                run.precision().type(),
                run.device()));
        tables.addAll(own.evaluations());
        String subtitle = String.format(
                Locale.ROOT,
                "%s on %s from %s: %,d of %,d updates, %s",
                config.method().title(),
                feed.description(),
                config.data(),
                run.state().update(),
                config.train().updates(),
                duration(run.state().elapsed()));
        return new ReportData(
                String.valueOf(run.path().getFileName()),
                subtitle,
                headline(),
                history,
                tables,
                own.masks(),
                neighbours(feed),
                own.sections(),
                YamlWriter.write(config),
                verdict(),
                provenance());
    }

    /** What the last scores mean, if the run was measured. */
    private List<String> verdict() {
        ControlledScores scores = ControlledScores.read(run.path());
        return scores == null
                ? List.of()
                : List.of(scores.sentence(RunEvaluation.inWords(control().replace('_', ' '))));
    }

    private List<Fact> headline() {
        List<Fact> facts = new ArrayList<>();
        for (String task : List.of("knn", "probe")) {
            double best = run.encoders(WeightsChoice.ALL).keySet().stream()
                    .mapToDouble(encoder -> last("eval/" + task + "_" + encoder))
                    .filter(score -> !Double.isNaN(score))
                    .max()
                    .orElse(Double.NaN);
            if (!Double.isNaN(best)) {
                facts.add(new Fact(
                        label(task),
                        String.format(Locale.ROOT, "%.1f %%", best),
                        String.format(
                                Locale.ROOT,
                                "random encoder %.1f, %s %.1f",
                                last("eval/" + task + "_random"),
                                control().replace('_', ' '),
                                last("eval/" + task + "_" + control()))));
            }
        }
        facts.add(new Fact(
                "training time",
                duration(run.state().elapsed()),
                run.precision().name().toLowerCase(Locale.ROOT)));
        double rate = run.state().update()
                * (double) config.train().batch()
                * config.train().accumulate();
        facts.add(new Fact(
                "speed",
                String.format(
                        Locale.ROOT,
                        "%.0f %s/s",
                        rate / run.state().elapsed(),
                        config.modality().samples()),
                "data included"));
        return facts;
    }

    private List<EvaluationTable> evaluations() {
        if (Double.isNaN(last("eval/knn_random"))) {
            return List.of();
        }
        List<EvaluationRow> rows = new ArrayList<>();
        for (String task : List.of("knn", "probe")) {
            for (String encoder : run.encoders(WeightsChoice.ALL).keySet()) {
                String name = "eval/" + task + "_" + encoder;
                rows.add(EvaluationRow.accuracy(
                        label(task) + ", " + encoder,
                        name,
                        List.of(
                                last(name) / 100,
                                last("eval/" + task + "_random") / 100,
                                last("eval/" + task + "_" + control()) / 100)));
            }
        }
        return List.of(new EvaluationTable(
                "Frozen features",
                List.of(
                        "pre-trained",
                        "random initialisation",
                        control().equals("pixels") ? "raw pixels" : control().replace('_', ' ')),
                rows,
                "Mean of the final tokens; weighted k-NN with k 20 and temperature 0.07; ridge regression on standardised"
                        + " features."));
    }

    /** The control that needs no encoder, as metrics name it: what is measured beside encoders and {@code random}. */
    private String control() {
        return history.names().stream()
                .filter(name -> name.startsWith("eval/knn_"))
                .map(name -> name.substring("eval/knn_".length()))
                .filter(name -> !name.equals("random")
                        && !run.encoders(WeightsChoice.ALL).containsKey(name))
                .findFirst()
                .orElse("pixels");
    }

    private static String label(String task) {
        return task.equals("knn") ? "k-NN" : "linear probe";
    }

    private double last(String name) {
        return history.last(name).orElse(Double.NaN);
    }

    /** Some samples of the training data and what lies nearest, where the data has classes and samples can be shown. */
    private List<NeighbourFigure> neighbours(Dataset feed) {
        if (!feed.hasClasses() || feed.size() < 2 * QUERIES) {
            return List.of();
        }
        LabelSpec spec = new LabelSpec(
                "", "", BANK, BANK / 4, Map.of(), run.path(), config.data(), config.train(), config.seed());
        List<NeighbourFigure> figures = new ArrayList<>();
        try (LabelledSplit data = config.modality().labelled(spec, message -> {})) {
            FrozenEvaluation evaluation = RunLabels.evaluation(
                    config,
                    FrozenConfig.DEFAULT,
                    data,
                    run.device(),
                    run.precision().type());
            for (Neighbours.Query query :
                    evaluation.neighbours(run.method().encoders().teacher(), QUERIES, TOP)) {
                add(figures, data, query);
            }
        }
        return figures;
    }

    private static void add(List<NeighbourFigure> figures, LabelledSplit data, Neighbours.Query query) {
        Picture own = Thumbnails.picture(data.test().preview((int) query.id()));
        List<Neighbour> shown = new ArrayList<>();
        for (Neighbours.Neighbour neighbour : query.neighbours()) {
            Picture picture = Thumbnails.picture(data.train().preview((int) neighbour.id()));
            if (picture != null) {
                shown.add(new Neighbour(
                        picture, name(data, neighbour.label()), neighbour.similarity(), neighbour.sameClass()));
            }
        }
        if (own != null) {
            figures.add(new NeighbourFigure(own, name(data, query.label()), shown));
        }
    }

    private static String name(LabelledSplit data, int label) {
        return label < 0 ? "" : data.train().classes().get(label);
    }

    private List<Fact> provenance() {
        return List.of(
                Fact.of("command", "d2v pretrain recipe=" + run.path() + "/config.yaml"),
                Fact.of("seed", "" + run.state().seed()),
                Fact.of("data", config.data() + ", fingerprint " + run.state().dataFingerprint()),
                Fact.of("data2vec4j", run.state().libraryVersion()),
                Fact.of("native library", run.state().nativeVersion()),
                Fact.of("Java", System.getProperty("java.vendor") + " " + System.getProperty("java.version")));
    }

    private static String duration(double seconds) {
        long whole = Math.round(seconds);
        return whole >= 3600
                ? String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole / 60 % 60)
                : String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60);
    }
}
