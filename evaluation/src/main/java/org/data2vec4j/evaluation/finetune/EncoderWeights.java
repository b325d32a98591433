package org.data2vec4j.evaluation.finetune;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.nn.Parameter;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.tensor.SafeTensors;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.safetensors.SafeTensorsFile;
import org.data2vec4j.train.checkpoint.Checkpoints;

/** Takes an encoder's weights over from a pre-training checkpoint, all of them or none. */
public final class EncoderWeights {
    private static final String ENCODER = "encoder.";

    private EncoderWeights() {}

    /**
     * Loads every parameter whose name begins with {@code encoder.}.
     *
     * @param saved the checkpoint
     * @param initial whose weights; {@link FineTuneConfig.Initial#RANDOM} loads nothing
     * @throws UserException naming parameters that are missing or of another shape
     */
    public static void load(Checkpoints.Saved saved, FineTuneConfig.Initial initial, Weights into) {
        if (initial == FineTuneConfig.Initial.RANDOM) {
            return;
        }
        List<SafeTensorsFile> files = new ArrayList<>();
        Path teacher = saved.file("teacher");
        boolean taught = Files.isRegularFile(teacher);
        if (initial == FineTuneConfig.Initial.ENCODER && taught) {
            throw new UserException(
                    saved.folder() + " has a student and a teacher; set weights=student or weights=teacher");
        }
        if (initial == FineTuneConfig.Initial.TEACHER) {
            if (!taught) {
                throw new UserException(saved.folder() + " has no teacher; set weights=encoder");
            }
            files.add(SafeTensorsFile.open(saved.intact("teacher")));
        }
        files.add(SafeTensorsFile.open(saved.intact("student"))); // also what a teacher of a part shares
        check(saved, files, into);
        try (Scope scope = Scope.open()) {
            for (Map.Entry<String, Parameter> entry : into.parameters().entrySet()) {
                if (entry.getKey().startsWith(ENCODER)) {
                    SafeTensorsFile file = holder(files, entry.getKey());
                    entry.getValue().value().detach().copy_(SafeTensors.read(file, entry.getKey()));
                }
            }
        }
    }

    private static void check(Checkpoints.Saved saved, List<SafeTensorsFile> files, Weights into) {
        List<String> wrong = new ArrayList<>();
        into.parameters().forEach((name, parameter) -> {
            if (name.startsWith(ENCODER)) {
                boolean fits = files.stream()
                        .anyMatch(file ->
                                file.has(name) && Arrays.equals(file.entry(name).shape(), parameter.shape()));
                if (!fits) {
                    wrong.add(name);
                }
            }
        });
        if (!wrong.isEmpty()) {
            throw new UserException(saved.folder() + " does not hold this encoder: " + wrong.get(0) + " and "
                    + (wrong.size() - 1) + " more parameters are missing or of another shape");
        }
    }

    private static SafeTensorsFile holder(List<SafeTensorsFile> files, String name) {
        return files.stream().filter(file -> file.has(name)).findFirst().orElseThrow();
    }
}
