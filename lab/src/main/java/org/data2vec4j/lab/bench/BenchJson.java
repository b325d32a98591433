package org.data2vec4j.lab.bench;

import org.data2vec4j.tensor.Native;
import org.data2vec4j.tensor.OperatorProfile;
import org.data2vec4j.train.Precision;
import org.data2vec4j.version.Version;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A bench's results for scripts: one object, whose keys stay; the rate is called after the samples, as in {@code images_per_second}. A precision that was not asked for is null. */
final class BenchJson {
    private static final double GIGA = 1e9;
    private static final double THOUSANDTHS = 1e3;

    private BenchJson() {}

    /** The object, on several lines. */
    static String of(BenchResult result, boolean profile) {
        JsonMapper mapper = JsonMapper.shared();
        PrecisionResult best = result.best();
        ObjectNode root = mapper.createObjectNode();
        root.put("name", result.name());
        root.put("best_median_ms", rounded(best.medianMs()));
        root.put("best_precision", best.name());
        for (Precision precision : new Precision[] {Precision.FP32, Precision.BF16}) {
            PrecisionResult part = result.in(precision);
            root.set(
                    PrecisionResult.name(precision),
                    part == null ? mapper.nullNode() : part(mapper, part, result.samples(), profile));
        }
        root.put("peak_mb", rounded(result.peakMb()));
        root.put("roofline_share", rounded(best.rooflineShare()));
        root.put("flops_per_update", result.flops());
        root.put("threads", result.threads());
        root.put("updates", result.updates());
        root.set("machine", machine(mapper, result));
        root.put("version", Version.number());
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }

    private static ObjectNode part(JsonMapper mapper, PrecisionResult result, String samples, boolean profile) {
        ObjectNode node = mapper.createObjectNode();
        node.put("median_ms", rounded(result.medianMs()));
        node.put("p10_ms", rounded(result.p10Ms()));
        node.put("p90_ms", rounded(result.p90Ms()));
        node.put(samples + "_per_second", rounded(result.samplesPerSecond()));
        node.put("peak_mb", rounded(result.peakMb()));
        node.put("roofline_share", rounded(result.rooflineShare()));
        node.put("matrix_gflops", rounded(result.matrixRate() / GIGA));
        if (profile) {
            ObjectNode phases = node.putObject("phases_ms");
            result.phases().forEach(phase -> phases.put(phase.name(), rounded(phase.medianMs())));
            ArrayNode operators = node.putArray("operators");
            for (OperatorProfile.Row row : result.operators()) {
                ObjectNode entry = operators.addObject();
                entry.put("operator", row.operator());
                entry.put("place", row.place());
                entry.put("shape", row.shape());
                entry.put("calls", row.calls());
                entry.put("forward_ms", rounded(row.forwardMs()));
                entry.put("backward_ms", rounded(row.backwardMs()));
            }
        }
        return node;
    }

    private static ObjectNode machine(JsonMapper mapper, BenchResult result) {
        ObjectNode node = mapper.createObjectNode();
        node.put("native", Native.describe());
        node.put("device", result.device());
        node.put("cores", Runtime.getRuntime().availableProcessors());
        node.put("java", System.getProperty("java.version"));
        return node;
    }

    private static @Nullable Double rounded(@Nullable Double value) {
        return value == null ? null : Math.round(value * THOUSANDTHS) / THOUSANDTHS;
    }
}
