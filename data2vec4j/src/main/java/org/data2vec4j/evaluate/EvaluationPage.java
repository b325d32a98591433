package org.data2vec4j.evaluate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.data2vec4j.evaluation.probe.FeatureView;
import org.data2vec4j.evaluation.probe.Pooling;
import org.data2vec4j.evaluation.suite.EvaluationSuite;
import org.data2vec4j.evaluation.suite.Probe;
import org.data2vec4j.evaluation.suite.SuiteResult;
import org.data2vec4j.report.Fact;
import org.data2vec4j.report.HeatMap;
import org.data2vec4j.report.LayerPlot;
import org.data2vec4j.report.PatchFigure;
import org.data2vec4j.report.Picture;
import org.data2vec4j.report.PointCloud;
import org.data2vec4j.report.ReportPage;
import org.data2vec4j.report.ReportSection;
import org.data2vec4j.report.TextTable;
import org.data2vec4j.run.Thumbnails;
import org.data2vec4j.tensor.Native;
import org.data2vec4j.train.data.Preview;
import org.data2vec4j.version.Version;

/** The page of an evaluation: one file, with no outside resources. */
final class EvaluationPage {
    /** Its name in a run directory. */
    static final String NAME = "evaluation.html";

    private final Evaluated evaluated;
    private final SuiteResult result;
    private final String raw;

    EvaluationPage(Evaluated evaluated) {
        this.evaluated = evaluated;
        this.result = evaluated.result();
        this.raw = evaluated.test().baselineName();
    }

    /** The page. */
    String render() {
        List<ReportSection> sections = List.of(
                new ReportSection("scores", "Frozen features", "", scores()),
                new ReportSection(
                        "labels",
                        "Few labels",
                        "A share of each class's labels, and at least one, chosen by key: the same samples on every machine.",
                        labels()),
                new ReportSection(
                        "layers",
                        "Layer by layer",
                        "All labels, the first seed; k-NN and linear probe of each block's output.",
                        layers()),
                new ReportSection("health", "Health", "", health()),
                new ReportSection(
                        "likeness",
                        "How alike layers are",
                        String.format(
                                Locale.ROOT,
                                "Centred kernel alignment, linear and debiased, on %,d test samples: 1 is the same up to rotation"
                                        + " and scale, 0 unrelated.",
                                result.likeness().samples()),
                        result.likeness().layers().isEmpty()
                                ? ""
                                : new HeatMap(
                                                "CKA between layers",
                                                result.likeness().layers().stream()
                                                        .map(name -> name.replace(EvaluationSuite.RANDOM, "untrained"))
                                                        .toList(),
                                                result.likeness().cka())
                                        .render()),
                new ReportSection(
                        "patches",
                        "Attention and patches",
                        "Attention of the last block, mean over heads. Likeness: cosine of the marked patch's final features with"
                                + " each patch's, less what all patches share. Dark is the least of a map, yellow the most.",
                        evaluated.patches().isEmpty() ? "" : PatchFigure.render(evaluated.patches())),
                new ReportSection(
                        "map",
                        "Map of the test samples",
                        "t-SNE of the " + result.map().subject()
                                + "'s final features: who is near whom counts, distances between groups do not.",
                        map()),
                protocol(),
                ReportPage.provenance(List.of(
                        Fact.of("command", "d2v evaluate " + evaluated.run()),
                        Fact.of("update", "" + evaluated.update()),
                        Fact.of("data2vec4j", Version.number()),
                        Fact.of("native library", Native.describe()),
                        Fact.of(
                                "Java",
                                System.getProperty("java.vendor") + " " + System.getProperty("java.version")))));
        String name = String.valueOf(Path.of(evaluated.run()).getFileName());
        return ReportPage.render("Evaluation of " + name, subtitle(), headline(), List.of(), sections);
    }

    private String subtitle() {
        return String.format(
                Locale.ROOT,
                "%s at update %,d; %,d labelled %s classify %,d others of %d classes",
                evaluated.method(),
                evaluated.update(),
                Long.parseLong(Objects.requireNonNull(evaluated.protocol().get("bank_size"))),
                evaluated.modality(),
                evaluated.test().size(),
                evaluated.test().classes().size());
    }

    /** Of the first encoder: the better of several, found on the test samples, would be flattered. */
    private List<Fact> headline() {
        List<Fact> facts = new ArrayList<>();
        String subject = evaluated.subjects().get(0);
        for (Probe probe : List.of(Probe.KNN, Probe.LINEAR, Probe.ATTENTIVE)) {
            facts.add(new Fact(
                    probe.label(),
                    median(probe, subject) + " %",
                    subject + "; untrained " + median(probe, EvaluationSuite.RANDOM) + ", " + raw + " "
                            + median(probe, EvaluationSuite.RAW)));
        }
        return facts;
    }

    private String median(Probe probe, String subject) {
        return evaluated.scores().stream()
                .filter(score -> score.probe() == probe && score.share() == 1)
                .filter(score -> score.subject().equals(subject))
                .map(score -> String.format(Locale.ROOT, "%.1f", score.median()))
                .findFirst()
                .orElse("–");
    }

    private String scores() {
        return table("All labels", 1, List.of(Probe.values())).html();
    }

    private TextTable table(String title, double share, List<Probe> probes) {
        List<String> head = new ArrayList<>(List.of("accuracy in %"));
        evaluated.subjects().forEach(subject -> head.add(EvaluationText.subject(subject, raw)));
        List<List<String>> rows = new ArrayList<>();
        for (Probe probe : probes) {
            List<String> row = new ArrayList<>(List.of(probe.label()));
            evaluated
                    .subjects()
                    .forEach(subject -> row.add(EvaluationText.score(evaluated.scores(), probe, share, subject)));
            if (row.stream().skip(1).anyMatch(cell -> !cell.equals("–"))) {
                rows.add(row);
            }
        }
        return new TextTable(title, head, rows, share == 1 ? note() : "");
    }

    private String note() {
        int tested = evaluated.test().size();
        double half = 100 * 1.96 * Math.sqrt(0.25 / tested);
        return String.format(
                Locale.ROOT,
                "Median over %d seeds with its 95 %% bootstrap interval, which among so few seeds is nearly their range; of a score"
                        + " that no seed has a part in, Wilson's interval over test samples. That %,d samples were tested adds up to"
                        + " ± %.1f. Chance is %s %%. Untrained: the same encoder at random initialisation, another for each seed;"
                        + " fine-tuned from there is training from scratch. The attentive probe has %s training and as many test"
                        + " samples at most; raw features are one token to it.",
                seeds(),
                tested,
                half,
                evaluated.protocol().get("chance"),
                evaluated.protocol().get("token_samples"));
    }

    private int seeds() {
        return evaluated.scores().stream()
                .mapToInt(score -> score.values().size())
                .max()
                .orElse(1);
    }

    private String labels() {
        StringBuilder out = new StringBuilder();
        for (double share : shares()) {
            long count = result.subsets().stream()
                    .filter(subset -> subset.share() == share)
                    .mapToLong(subset -> subset.ids().size())
                    .findFirst()
                    .orElse(0);
            out.append(table(
                            EvaluationText.share(share) + " of the labels: " + count,
                            share,
                            List.of(Probe.KNN, Probe.LINEAR, Probe.FINE_TUNED))
                    .html());
        }
        return out.toString();
    }

    private List<Double> shares() {
        return result.subsets().stream()
                .map(SuiteResult.Subset::share)
                .distinct()
                .toList();
    }

    private String layers() {
        StringBuilder out = new StringBuilder("<div class=\"plots\">");
        for (Pooling pooling : Pooling.values()) {
            out.append(plot("k-NN", pooling)).append(plot("linear probe", pooling));
        }
        return out.append("</div>").toString();
    }

    private String plot(String what, Pooling pooling) {
        List<LayerPlot.Curve> curves = new ArrayList<>();
        for (String subject : evaluated.subjects()) {
            List<Double> values = result.sweep().stream()
                    .filter(layer -> layer.subject().equals(subject)
                            && layer.view().pooling() == pooling
                            && layer.view().layer() != FeatureView.LAST)
                    .map(layer -> what.equals("k-NN") ? layer.knn() : layer.linear())
                    .toList();
            if (!values.isEmpty()) {
                curves.add(new LayerPlot.Curve(EvaluationText.subject(subject, raw), values));
            }
        }
        String of = pooling == Pooling.MEAN ? "mean of positions" : "CLS token";
        return curves.isEmpty() ? "" : new LayerPlot(what + " by block, " + of + ", %", curves).render();
    }

    private String health() {
        List<List<String>> rows = new ArrayList<>();
        for (SuiteResult.LayerHealth layer : result.health()) {
            if (layer.view().layer() == FeatureView.LAST) {
                rows.add(List.of(
                        EvaluationText.subject(layer.subject(), raw),
                        String.format(Locale.ROOT, "%.1f of %d", layer.effectiveRank(), layer.width()),
                        number(layer.uniformity()),
                        number(layer.classAlignment()),
                        number(layer.viewAlignment())));
            }
        }
        return new TextTable(
                                "Final features of test samples, mean of positions",
                                List.of("", "effective rank", "uniformity", "within a class", "two views of one"),
                                rows,
                                "Effective rank: how many directions the features use. Uniformity: log of the mean of exp(−2 d²)"
                                        + " over all pairs, 0 if all lie on one spot, lower is more even. Then mean d² of pairs within"
                                        + " a class and of two augmented views of a sample; d is the distance of directions, so d² is"
                                        + " from 0 to 4.")
                        .html()
                + "<div class=\"plots\">"
                + healthPlot("effective rank by block", SuiteResult.LayerHealth::effectiveRank)
                + healthPlot("uniformity by block", SuiteResult.LayerHealth::uniformity)
                + "</div>";
    }

    private String healthPlot(String what, ToDoubleFunction<SuiteResult.LayerHealth> value) {
        List<LayerPlot.Curve> curves = new ArrayList<>();
        for (String subject : evaluated.subjects()) {
            List<Double> values = result.health().stream()
                    .filter(layer ->
                            layer.subject().equals(subject) && layer.view().layer() != FeatureView.LAST)
                    .map(layer -> value.applyAsDouble(layer))
                    .toList();
            if (!values.isEmpty()) {
                curves.add(new LayerPlot.Curve(EvaluationText.subject(subject, raw), values));
            }
        }
        return new LayerPlot(what, curves).render();
    }

    private static String number(double value) {
        return Double.isFinite(value)
                ? String.format(Locale.ROOT, "%.2f", value).replace('-', '−')
                : "–";
    }

    private String map() {
        List<PointCloud.Point> points = new ArrayList<>();
        int[] indices = result.map().indices();
        for (int i = 0; i < indices.length; i++) {
            Preview preview = evaluated.test().preview(indices[i]);
            Picture picture = Thumbnails.small(preview);
            double[] place = result.map().places()[i];
            points.add(new PointCloud.Point(
                    place[0], place[1], evaluated.test().label(indices[i]), preview.words(), picture));
        }
        return new PointCloud("t-SNE of test samples", evaluated.test().classes(), points).render();
    }

    private ReportSection protocol() {
        List<Fact> facts = new ArrayList<>();
        evaluated.protocol().forEach((name, value) -> facts.add(Fact.of(name.replace('_', ' '), value)));
        return new ReportSection(
                "protocol",
                "Protocol",
                "What the scores depend on besides the run. Two scores can be compared where these agree; d2v compare says where"
                        + " they do not.",
                ReportPage.provenance(facts).content());
    }
}
