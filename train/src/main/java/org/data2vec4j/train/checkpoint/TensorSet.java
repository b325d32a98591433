package org.data2vec4j.train.checkpoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.data2vec4j.core.UserException;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.SafeTensors;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.safetensors.SafeTensorsFile;

/** Strict loading of named tensors: a missing, unexpected or misshapen name refuses the file before anything is changed. */
public final class TensorSet {
    private static final int NAMED = 3;

    private TensorSet() {}

    /**
     * Copies a file's values into tensors of the same names and shapes.
     *
     * @throws UserException naming the file and what does not fit
     */
    public static void load(Path path, Map<String, Tensor> into) {
        try (SafeTensorsFile file = SafeTensorsFile.open(path)) {
            check(path, file, into);
            Grad.noGrad(() -> into.forEach((name, tensor) -> {
                try (Scope scope = Scope.open()) {
                    tensor.detach().copy_(SafeTensors.read(file, name));
                }
            }));
        }
    }

    /** Throws as {@link #load} would, but changes nothing. */
    static void check(Path path, SafeTensorsFile file, Map<String, Tensor> into) {
        List<String> complaints = new ArrayList<>();
        TreeSet<String> missing = new TreeSet<>(into.keySet());
        file.names().forEach(missing::remove);
        TreeSet<String> unexpected = new TreeSet<>(file.names());
        unexpected.removeAll(into.keySet());
        List<String> misshapen = new ArrayList<>();
        into.forEach((name, tensor) -> {
            if (file.has(name) && !Arrays.equals(file.spec(name).shape(), tensor.shape())) {
                misshapen.add(name + " " + Arrays.toString(file.spec(name).shape()) + " instead of "
                        + Arrays.toString(tensor.shape()));
            }
        });
        complain(complaints, "missing", List.copyOf(missing));
        complain(complaints, "unexpected", List.copyOf(unexpected));
        complain(complaints, "of another shape", misshapen);
        if (!complaints.isEmpty()) {
            throw new UserException(
                    path + " is of another architecture: " + String.join("; ", complaints)
                            + ". Use the recipe it was made with (config.yaml beside its checkpoints), or another run directory");
        }
    }

    private static void complain(List<String> complaints, String what, List<String> names) {
        if (!names.isEmpty()) {
            String shown = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
            complaints.add(names.size() + " " + what + " (" + shown + (names.size() > NAMED ? ", …" : "") + ")");
        }
    }
}
