package org.data2vec4j.interop.fairseq;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.data2vec4j.interop.pickle.PickleTensor;
import org.data2vec4j.model.nn.Module;
import org.data2vec4j.model.nn.Parameter;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.tensor.Scope;
import org.jspecify.annotations.Nullable;

/**
 * What became of a checkpoint's tensors.
 *
 * @param mapped the reference's names by ours
 * @param missing our parameters for which there was nothing
 * @param unexpected tensors that have no place here
 * @param misshapen tensors of another shape, with both
 */
public record WeightImport(
        Map<String, String> mapped, List<String> missing, List<String> unexpected, List<String> misshapen) {
    /** Tables that the reference stores and we compute. */
    private static final String COMPUTED = "fixed_positional_encoder.positions";

    /** Loads what fits, and says what did not. */
    public static WeightImport run(
            FairseqCheckpoint checkpoint, Map<String, PickleTensor> tensors, FairseqNames names, Weights into) {
        Map<String, Parameter> ours = into.parameters();
        Map<String, String> mapped = new LinkedHashMap<>();
        List<String> unexpected = new ArrayList<>();
        List<String> misshapen = new ArrayList<>();
        tensors.forEach((name, tensor) -> {
            String own = names.ours(name);
            Parameter parameter = own == null ? null : ours.get(own);
            if (parameter == null) {
                if (!name.endsWith(COMPUTED)) {
                    unexpected.add(name);
                }
            } else if (!Arrays.equals(parameter.shape(), tensor.shape())) {
                misshapen.add(name + ": " + Arrays.toString(tensor.shape()) + " instead of "
                        + Arrays.toString(parameter.shape()));
            } else {
                try (Scope scope = Scope.open()) {
                    parameter.value().detach().copy_(checkpoint.read(tensor));
                }
                mapped.put(own, name);
            }
        });
        List<String> missing =
                ours.keySet().stream().filter(name -> !mapped.containsKey(name)).toList();
        return new WeightImport(mapped, missing, unexpected, misshapen);
    }

    /**
     * What of a module has no tensor of its shape, in words, or null: asked before memory is taken for a model, however large its
     * settings say that it is.
     *
     * @param module without values
     * @param prefix the first part of its parameters' names
     */
    public static @Nullable String misfit(
            Map<String, PickleTensor> tensors, FairseqNames names, String prefix, Module module) {
        Map<String, PickleTensor> known = new HashMap<>();
        tensors.forEach((name, tensor) -> {
            String own = names.ours(name);
            if (own != null) {
                known.put(own, tensor);
            }
        });
        for (Map.Entry<String, Parameter> entry : module.parameters().entrySet()) {
            String name = prefix + "." + entry.getKey();
            PickleTensor tensor = known.get(name);
            if (tensor == null) {
                return name + " is missing";
            }
            if (!Arrays.equals(entry.getValue().shape(), tensor.shape())) {
                return name + ": " + Arrays.toString(tensor.shape()) + " instead of "
                        + Arrays.toString(entry.getValue().shape());
            }
        }
        return null;
    }

    /** Whether the whole encoder came over: what features are made of. */
    public boolean encoderComplete() {
        return misshapen.isEmpty() && missing.stream().noneMatch(name -> name.startsWith("encoder."));
    }
}
