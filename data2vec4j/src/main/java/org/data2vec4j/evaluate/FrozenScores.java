package org.data2vec4j.evaluate;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.data2vec4j.evaluation.probe.Interval;
import org.data2vec4j.evaluation.probe.Score;
import org.data2vec4j.evaluation.suite.EvaluationSuite;
import org.data2vec4j.evaluation.suite.Probe;
import org.data2vec4j.evaluation.suite.ViewScore;
import org.data2vec4j.train.data.LabelledSplit;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The short evaluation of a run, as tables and as JSON.
 *
 * @param run the run directory
 * @param update the update of the checkpoint
 * @param data what it was measured on
 * @param encoders the names of the encoders, in order
 * @param subjects scores by view, of each encoder and of {@link EvaluationSuite#RANDOM}
 * @param sums linear probes on the learned sum of the layers, of the same; empty if they were not asked for
 * @param baseline the scores of the baseline features
 */
public record FrozenScores(
        String run,
        long update,
        LabelledSplit data,
        List<String> encoders,
        Map<String, List<ViewScore>> subjects,
        Map<String, Score> sums,
        ViewScore baseline) {
    private Score score(Probe probe, ViewScore scores) {
        return probe == Probe.KNN ? scores.knn() : scores.linear();
    }

    private List<ViewScore> of(String subject) {
        return Objects.requireNonNull(subjects.get(subject));
    }

    /** A Markdown table of accuracies in percent for each encoder, with the half-width of its 95 % interval. */
    public String tables(Probe probe) {
        StringBuilder out = new StringBuilder();
        for (String encoder : encoders) {
            String by = data.protocol().get("by");
            out.append(String.format(
                    Locale.ROOT, "%s at update %d, %s%s%n", run, update, encoder, by == null ? "" : ", by " + by));
            out.append(table(probe, encoder)).append('\n');
        }
        return out.toString();
    }

    private String table(Probe probe, String encoder) {
        String baselineName = data.train().baselineName();
        StringBuilder out = new StringBuilder(String.format(
                Locale.ROOT,
                "| accuracy in %% (chance %.1f, %d classes, bank %d, test %d) | pretrained | random initialisation | %s |%n"
                        + "| --- | --- | --- | --- |%n",
                data.chance(),
                data.train().classes().size(),
                data.train().size(),
                data.test().size(),
                baselineName.equals("pixels") ? "raw pixels" : baselineName));
        List<ViewScore> own = of(encoder);
        List<ViewScore> random = of(EvaluationSuite.RANDOM);
        for (int i = 0; i < own.size(); i++) {
            boolean last = i == own.size() - 1;
            row(
                    out,
                    probe.label() + " (" + own.get(i).view().label() + ")",
                    score(probe, own.get(i)),
                    score(probe, random.get(i)),
                    last ? percent(score(probe, baseline)) : "");
        }
        Score sum = sums.get(encoder);
        Score randomSum = sums.get(EvaluationSuite.RANDOM);
        if (probe != Probe.KNN && sum != null && randomSum != null) {
            row(out, "linear probe (learned sum of layers)", sum, randomSum, "");
        }
        return out.toString();
    }

    private static void row(StringBuilder out, String name, Score own, Score random, String control) {
        Interval interval = own.interval();
        out.append(String.format(
                Locale.ROOT,
                "| %s | %s ± %.1f | %s | %s |%n",
                name,
                percent(own),
                50 * (interval.high() - interval.low()),
                percent(random),
                control));
    }

    private static String percent(Score score) {
        return String.format(Locale.ROOT, "%.1f", score.percent());
    }

    /** One JSON object on one line: percentages by encoder and view, both controls, and what they were measured on. */
    public String json(Probe probe) {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        root.put("run", run).put("update", update);
        root.put("probe", probe.name().toLowerCase(Locale.ROOT));
        root.put("classes", data.train().classes().size());
        root.put("bank", data.train().size())
                .put("bank_fingerprint", data.train().fingerprint());
        root.put("test", data.test().size()).put("test_fingerprint", data.test().fingerprint());
        root.put("chance", data.chance());
        data.protocol().forEach(root::put);
        ObjectNode scores = root.putObject("encoders");
        for (String encoder : encoders) {
            views(scores.putArray(encoder), probe, encoder);
        }
        views(root.putArray(EvaluationSuite.RANDOM), probe, EvaluationSuite.RANDOM);
        score(root.putObject(EvaluationSuite.RAW), score(probe, baseline))
                .put("features", data.train().baselineName());
        return JsonMapper.shared().writeValueAsString(root);
    }

    private void views(ArrayNode array, Probe probe, String subject) {
        for (ViewScore view : of(subject)) {
            score(array.addObject().put("view", view.view().label()), score(probe, view));
        }
        Score sum = sums.get(subject);
        if (probe != Probe.KNN && sum != null) {
            score(array.addObject().put("view", "learned sum of layers"), sum);
        }
    }

    private static ObjectNode score(ObjectNode node, Score score) {
        return node.put("accuracy", score.percent())
                .put("low", 100 * score.interval().low())
                .put("high", 100 * score.interval().high())
                .put("tested", score.total());
    }
}
