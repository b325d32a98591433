package org.data2vec4j.evaluate;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.data2vec4j.evaluation.file.AtomicText;
import org.data2vec4j.evaluation.suite.EvaluationSuite;
import org.data2vec4j.evaluation.suite.SuiteResult;
import org.data2vec4j.evaluation.suite.SuiteScore;
import org.data2vec4j.tensor.Native;
import org.data2vec4j.version.Version;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes an evaluation as JSON: the protocol, every value of every score, and the samples that low-label scores used. */
public final class EvaluationFile {
    /** Its name in a run directory. */
    public static final String NAME = "evaluation.json";

    /** The format's number; a reader of another refuses. */
    static final int FORMAT = 1;

    private EvaluationFile() {}

    /** The file's text. */
    static String text(Evaluated evaluated) {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        root.put("format", FORMAT);
        root.put("run", evaluated.run());
        root.put("method", evaluated.method());
        root.put("modality", evaluated.modality());
        root.put("update", evaluated.update());
        root.put("version", Version.number());
        root.put("native", Native.describe());
        ObjectNode protocol = root.putObject("protocol");
        evaluated.protocol().forEach(protocol::put);
        ArrayNode scores = root.putArray("scores");
        evaluated.scores().forEach(score -> score(scores.addObject(), score));
        SuiteResult result = evaluated.result();
        ArrayNode sweep = root.putArray("sweep");
        result.sweep()
                .forEach(layer -> sweep.addObject()
                        .put("subject", layer.subject())
                        .put("view", layer.view().label())
                        .put("knn", rounded(layer.knn()))
                        .put("linear", rounded(layer.linear())));
        ArrayNode health = root.putArray("health");
        result.health().forEach(layer -> {
            ObjectNode node = health.addObject()
                    .put("subject", layer.subject())
                    .put("view", layer.view().label())
                    .put("width", layer.width());
            number(node, "effective_rank", layer.effectiveRank());
            number(node, "uniformity", layer.uniformity());
            number(node, "class_alignment", layer.classAlignment());
            number(node, "view_alignment", layer.viewAlignment());
        });
        ObjectNode cka = root.putObject("cka");
        cka.put("kind", "linear, debiased").put("samples", result.likeness().samples());
        ArrayNode names = cka.putArray("layers");
        result.likeness().layers().forEach(names::add);
        ArrayNode rows = cka.putArray("values");
        for (double[] row : result.likeness().cka()) {
            ArrayNode values = rows.addArray();
            for (double value : row) {
                if (Double.isFinite(value)) {
                    values.add(rounded(value));
                } else {
                    values.addNull();
                }
            }
        }
        subsets(root.putArray("subsets"), result.subsets());
        return JsonMapper.shared()
                        .writer()
                        .with(SerializationFeature.INDENT_OUTPUT)
                        .writeValueAsString(root)
                + "\n";
    }

    /** Writes it. */
    static void write(Path file, Evaluated evaluated) {
        String text = text(evaluated);
        AtomicText.write(file, out -> out.write(text));
    }

    private static void score(ObjectNode node, SuiteScore score) {
        node.put("probe", score.probe().name().toLowerCase(Locale.ROOT));
        node.put("share", score.share());
        node.put("subject", score.subject());
        node.put("median", rounded(score.median()));
        node.put("low", rounded(score.low()));
        node.put("high", rounded(score.high()));
        ArrayNode values = node.putArray("values");
        score.values().forEach(value -> values.add(rounded(value)));
        node.put("tested", score.tested());
        node.put("sampled_low", rounded(100 * score.sampled().low()));
        node.put("sampled_high", rounded(100 * score.sampled().high()));
        ArrayNode chosen = node.putArray("chosen");
        score.chosen().forEach(chosen::add);
        ArrayNode depends = node.putArray("depends_on");
        Protocol.fields(score.probe(), score.share()).forEach(depends::add);
        if (score.subject().equals(EvaluationSuite.RAW)) {
            depends.add("raw");
        }
    }

    private static void subsets(ArrayNode array, List<SuiteResult.Subset> subsets) {
        for (SuiteResult.Subset subset : subsets) {
            ArrayNode ids = array.addObject()
                    .put("share", subset.share())
                    .put("seed", subset.seed())
                    .put("fingerprint", subset.fingerprint())
                    .putArray("ids");
            subset.ids().forEach(ids::add);
        }
    }

    private static void number(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, rounded(value));
        } else {
            node.putNull(name);
        }
    }

    /** To six decimals: the rest is rounding of float32. */
    private static double rounded(double value) {
        return Math.round(value * 1e6) / 1e6;
    }
}
