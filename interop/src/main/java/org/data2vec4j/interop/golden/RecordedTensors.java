package org.data2vec4j.interop.golden;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.contrast.Negatives;
import org.data2vec4j.model.method.Diagnostic;
import org.data2vec4j.model.method.StepResult;
import org.data2vec4j.model.nn.Parameter;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.tensor.Tensor;

/** A case's tensors of parameters, once they have our names, and what is done with them. */
final class RecordedTensors {
    private RecordedTensors() {}

    /** The tensors under a prefix such as {@code param/} by the reference's names. */
    static Map<String, Tensor> under(GoldenCase golden, String prefix) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        golden.under(prefix).forEach(name -> tensors.put(name, golden.tensor(prefix + name)));
        return tensors;
    }

    /**
     * Gives every parameter its value.
     *
     * @throws UserException if a value has no parameter, or a parameter no value
     */
    static void load(Map<String, Tensor> values, Weights weights) {
        Map<String, Parameter> ours = weights.parameters();
        List<String> unexpected =
                values.keySet().stream().filter(name -> !ours.containsKey(name)).toList();
        List<String> missing =
                ours.keySet().stream().filter(name -> !values.containsKey(name)).toList();
        if (!unexpected.isEmpty() || !missing.isEmpty()) {
            throw new UserException("the case's parameters are not ours: without counterpart here " + unexpected
                    + "; without value in the case " + missing);
        }
        values.forEach((name, value) -> weights.parameter(name).value().detach().copy_(value));
    }

    /** Compares gradients; each must have a parameter. */
    static TensorComparison gradients(Map<String, Tensor> recorded, Weights weights) {
        TensorComparison gradients = new TensorComparison("gradients", 1e-3);
        recorded.forEach((name, gradient) -> {
            Parameter parameter = weights.parameters().get(name);
            if (parameter == null) {
                gradients.missing("gradient of " + name);
            } else {
                gradients.check(name, parameter.value().grad(), gradient);
            }
        });
        return gradients;
    }

    /** Recorded truth values. */
    static boolean[] flags(GoldenCase golden, String path) {
        float[] values = golden.tensor(path).toFloats();
        boolean[] flags = new boolean[values.length];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = values[i] != 0;
        }
        return flags;
    }

    /** Recorded negatives: {@code count} to a masked position, by number among all masked positions. */
    static Negatives negatives(GoldenCase golden, String path, int count) {
        return new Negatives(count, golden.tensor(path).toLongs());
    }

    /** A diagnostic's value, or NaN if it was not measured. */
    static double diagnostic(StepResult result, String name) {
        return result.diagnostics().stream()
                .filter(diagnostic -> diagnostic.name().equals(name))
                .mapToDouble(Diagnostic::value)
                .findFirst()
                .orElse(Double.NaN);
    }
}
