package org.data2vec4j.train.checkpoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.data2vec4j.core.UserException;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.SafeTensors;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.safetensors.SafeTensorsFile;
import org.jspecify.annotations.Nullable;

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
            copy(file, into);
        }
    }

    /**
     * {@link #load} of tensors beside which the file may have others.
     *
     * @throws UserException naming the file and what is missing or of another shape
     */
    public static void loadAll(Path path, Map<String, Tensor> into) {
        try (SafeTensorsFile file = SafeTensorsFile.open(path)) {
            refuse(path, missing(file, into), misshapen(file, into));
            copy(file, into);
        }
    }

    /**
     * {@link #loadAll} of those tensors that the file has.
     *
     * @return their names
     */
    public static Set<String> loadSome(Path path, Map<String, Tensor> into) {
        try (SafeTensorsFile file = SafeTensorsFile.open(path)) {
            Map<String, Tensor> there = new LinkedHashMap<>(into);
            there.keySet().retainAll(Set.copyOf(file.names()));
            refuse(path, misshapen(file, there));
            copy(file, there);
            return there.keySet();
        }
    }

    private static void copy(SafeTensorsFile file, Map<String, Tensor> into) {
        Grad.noGrad(() -> into.forEach((name, tensor) -> {
            try (Scope scope = Scope.open()) {
                tensor.detach().copy_(SafeTensors.read(file, name));
            }
        }));
    }

    /** Throws as {@link #load} would, but changes nothing. */
    static void check(Path path, SafeTensorsFile file, Map<String, Tensor> into) {
        TreeSet<String> unexpected = new TreeSet<>(file.names());
        unexpected.removeAll(into.keySet());
        refuse(path, missing(file, into), complaint("unexpected", List.copyOf(unexpected)), misshapen(file, into));
    }

    private static String missing(SafeTensorsFile file, Map<String, Tensor> into) {
        TreeSet<String> missing = new TreeSet<>(into.keySet());
        file.names().forEach(missing::remove);
        return complaint("missing", List.copyOf(missing));
    }

    private static String misshapen(SafeTensorsFile file, Map<String, Tensor> into) {
        List<String> misshapen = new ArrayList<>();
        into.forEach((name, tensor) -> {
            if (file.has(name) && !Arrays.equals(file.spec(name).shape(), tensor.shape())) {
                misshapen.add(name + " " + Arrays.toString(file.spec(name).shape()) + " instead of "
                        + Arrays.toString(tensor.shape()));
            }
        });
        return complaint("of another shape", misshapen);
    }

    private static void refuse(Path path, String... complaints) {
        String all =
                Stream.of(complaints).filter(complaint -> !complaint.isEmpty()).collect(Collectors.joining("; "));
        if (!all.isEmpty()) {
            throw new UserException(
                    path + " is of another architecture: " + all
                            + ". Use the recipe it was made with (config.yaml beside its checkpoints), or another run directory");
        }
    }

    /** The first tensor of a file that has values that are not finite, or null. */
    static @Nullable String notFinite(SafeTensorsFile file) {
        for (String name : file.names()) {
            try (Scope scope = Scope.open()) {
                if (!F.allFinite(SafeTensors.read(file, name))) {
                    return name;
                }
            }
        }
        return null;
    }

    private static String complaint(String what, List<String> names) {
        if (names.isEmpty()) {
            return "";
        }
        String shown = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
        return names.size() + " " + what + " (" + shown + (names.size() > NAMED ? ", …" : "") + ")";
    }
}
