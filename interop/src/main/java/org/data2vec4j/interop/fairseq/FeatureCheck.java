package org.data2vec4j.interop.fairseq;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.SafeTensors;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.safetensors.SafeTensorsFile;

/** Compares an imported encoder's features with recorded ones: {@code source}, {@code features}, {@code layerI}. */
public final class FeatureCheck {
    private static final double TOLERANCE = 1e-4;

    private FeatureCheck() {}

    /**
     * The largest relative error of each recorded tensor.
     *
     * @param lines one for each tensor compared
     * @param passed whether all are within tolerance and something was compared
     */
    public record Result(List<String> lines, boolean passed) {
        /** Copies the list. */
        public Result {
            lines = List.copyOf(lines);
        }
    }

    /** Runs the recorded input and compares. */
    public static Result run(Path recorded, Encoder encoder) {
        List<String> lines = new ArrayList<>();
        boolean passed = true;
        encoder.train(false);
        try (SafeTensorsFile file = SafeTensorsFile.open(recorded);
                Scope scope = Scope.open()) {
            if (!file.has("source")) {
                throw new UserException(recorded + " has no tensor 'source' to run");
            }
            Tensor source = SafeTensors.read(file, "source");
            Encoder.Output output =
                    Grad.noGrad(() -> encoder.forward(new Input(source, new long[(int) source.size(0)])));
            passed &= compare(file, "features", output.features_BTD(), lines);
            for (int i = 0; i < output.blocks().size(); i++) {
                passed &= compare(file, "layer" + i, output.blocks().get(i).feedForward_BTD(), lines);
            }
        }
        return new Result(lines, passed && !lines.isEmpty());
    }

    private static boolean compare(SafeTensorsFile file, String name, Tensor actual, List<String> lines) {
        return compare(file, name, actual, i -> true, lines);
    }

    /**
     * Compares a tensor with a recorded one, if there is one of that name.
     *
     * @param counted which values, counted in row-major order, are compared
     * @param lines told of the largest relative error
     * @return whether it is within tolerance
     */
    public static boolean compare(
            SafeTensorsFile file, String name, Tensor actual, IntPredicate counted, List<String> lines) {
        if (!file.has(name)) {
            return true;
        }
        float[] expected = SafeTensors.read(file, name).toFloats();
        float[] got = actual.toFloats();
        double error = got.length == expected.length ? 0 : Double.POSITIVE_INFINITY;
        double largest = 1;
        for (int i = 0; i < expected.length && got.length == expected.length; i++) {
            if (!counted.test(i)) {
                continue;
            }
            double gap = Math.abs((double) got[i] - expected[i]);
            error = gap > error || Double.isNaN(gap) ? gap : error;
            largest = Math.max(largest, Math.abs(expected[i]));
        }
        boolean good = error / largest <= TOLERANCE;
        lines.add(String.format(Locale.ROOT, "%s  %s: %.1e", good ? "ok    " : "DIFFERS", name, error / largest));
        return good;
    }
}
