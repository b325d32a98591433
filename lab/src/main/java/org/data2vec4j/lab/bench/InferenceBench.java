package org.data2vec4j.lab.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.UserException;
import org.data2vec4j.interop.onnx.OnnxExport;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Native;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.train.run.PretrainConfig;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The bench {@code inference}: how long encoders of recipes take for a batch on the processor in float32, here and in ONNX Runtime
 * where that is on the class path, from plain arrays to plain arrays.
 */
public final class InferenceBench {
    /** What users call it; {@code -tiny} or {@code -base} behind it chooses one size. */
    public static final String NAME = "inference";

    private static final int WARM_UP = 3;

    private final List<InferenceCase> cases;
    private final int runs;

    private InferenceBench(List<InferenceCase> cases, int runs, int threads) {
        this.cases = cases;
        this.runs = runs;
        Native.threads(threads == 0 ? Runtime.getRuntime().availableProcessors() : threads);
    }

    /** Whether a name is one of this bench's. */
    public static boolean isNamed(String name) {
        return name.equals(NAME) || name.startsWith(NAME + "-");
    }

    /** The bench of a name, with so many timed batches of each case and threads; 0 for all cores. */
    public static InferenceBench of(String name, int runs, int threads) {
        Check.inRange("--updates", runs, 1, 1_000_000);
        Check.inRange("--threads", threads, 0, 4096);
        List<InferenceCase> cases = switch (name) {
            case NAME ->
                Stream.concat(InferenceCase.TINY.stream(), InferenceCase.BASE.stream())
                        .toList();
            case NAME + "-tiny" -> InferenceCase.TINY;
            case NAME + "-base" -> InferenceCase.BASE;
            default ->
                throw new UserException(
                        "unknown bench " + name + "; there is inference, inference-tiny, inference-base");
        };
        return new InferenceBench(cases, runs, threads);
    }

    /** Runs all cases and prints a table, or one JSON object. */
    public void print(PrintWriter out, PrintWriter err, boolean json) {
        List<InferenceResult> results = new ArrayList<>();
        for (InferenceCase one : cases) {
            err.println("timing " + one.recipe());
            err.flush();
            results.add(run(one));
        }
        out.println(json ? json(results) : table(results));
        out.flush();
    }

    private InferenceResult run(InferenceCase one) {
        PretrainConfig config = one.config();
        try (Scope scope = Scope.open()) {
            Encoder encoder = InferenceCase.encoder(config);
            Weights weights = Weights.allocate(Device.CPU, Map.of("encoder", encoder));
            weights.initialise(1);
            Input input = one.batch(Device.CPU);
            float[] features = features(encoder, input);
            Quantiles ours = timed(() -> features(encoder, input));
            Quantiles onnx = null;
            double difference = Double.NaN;
            if (onnxRuntimeIsThere()) {
                Path folder = Files.createTempDirectory("d2v-bench");
                Path file = folder.resolve("model.onnx");
                try {
                    OnnxExport.features(config.modality(), encoder).write(file);
                    try (OnnxSession session = new OnnxSession(file, input, Native.threads())) {
                        difference = difference(features, session.features());
                        onnx = timed(session::features);
                    }
                } finally {
                    Files.deleteIfExists(file);
                    Files.deleteIfExists(folder);
                }
            }
            return new InferenceResult(
                    one.recipe(), InferenceCase.words(input), weights.numel(), ours, onnx, difference);
        } catch (IOException e) {
            throw new UserException("cannot write the model for ONNX Runtime: " + e + "; free some space", e);
        }
    }

    private static boolean onnxRuntimeIsThere() {
        try {
            Class.forName("ai.onnxruntime.OrtEnvironment", false, InferenceBench.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static float[] features(Encoder encoder, Input input) {
        try (Scope scope = Scope.open()) {
            return Grad.noGrad(() -> encoder.forward(input).positions().toFloats());
        }
    }

    private <E extends Exception> Quantiles timed(Pass<E> pass) throws E {
        double[] times = new double[runs];
        for (int i = -WARM_UP; i < runs; i++) {
            long begun = System.nanoTime();
            pass.run();
            if (i >= 0) {
                times[i] = (System.nanoTime() - begun) / 1e6;
            }
        }
        return Quantiles.of(times);
    }

    private interface Pass<E extends Exception> {
        float[] run() throws E;
    }

    private static double difference(float[] ours, float[] theirs) {
        double largest = ours.length == theirs.length ? 0 : Double.POSITIVE_INFINITY;
        for (int i = 0; i < Math.min(ours.length, theirs.length); i++) {
            largest = Math.max(largest, Math.abs(ours[i] - theirs[i]));
        }
        return largest;
    }

    private String table(List<InferenceResult> results) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "inference in float32, %d thread(s), %d timed batches, milliseconds of a batch: median (p10 to p90)%n",
                Native.threads(),
                runs));
        text.append(String.format(
                Locale.ROOT,
                "%-11s %12s  %-17s %-26s %-26s %s%n",
                "encoder",
                "parameters",
                "batch",
                "here",
                "ONNX Runtime",
                "difference"));
        for (InferenceResult row : results) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-11s %,12d  %-17s %-26s %-26s %s%n",
                    row.name(),
                    row.parameters(),
                    row.input(),
                    shown(row.ours()),
                    shown(row.onnx()),
                    row.onnx() == null ? "" : String.format(Locale.ROOT, "%.1e", row.difference())));
        }
        return text.toString().stripTrailing();
    }

    private static String shown(@Nullable Quantiles times) {
        return times == null
                ? "not on the class path"
                : String.format(Locale.ROOT, "%.1f (%.1f to %.1f)", times.at(0.5), times.at(0.1), times.at(0.9));
    }

    private String json(List<InferenceResult> results) {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        root.put("name", NAME).put("threads", Native.threads()).put("batches", runs);
        ArrayNode cases = root.putArray("cases");
        for (InferenceResult row : results) {
            ObjectNode node = cases.addObject()
                    .put("encoder", row.name())
                    .put("batch", row.input())
                    .put("parameters", row.parameters());
            put(node.putObject("ours_ms"), row.ours());
            if (row.onnx() != null) {
                put(node.putObject("onnx_runtime_ms"), row.onnx());
                node.put("difference", row.difference());
            }
        }
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }

    private static void put(ObjectNode node, Quantiles times) {
        node.put("median", times.at(0.5)).put("p10", times.at(0.1)).put("p90", times.at(0.9));
    }
}
