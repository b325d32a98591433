package org.data2vec4j.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.LoaderPosition;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.method.MethodConfig;
import org.data2vec4j.model.method.PretrainingMethod;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.tensor.Native;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.train.EvaluateConfig;
import org.data2vec4j.train.Precision;
import org.data2vec4j.train.TrainConfig;
import org.data2vec4j.train.checkpoint.CheckpointConfig;
import org.data2vec4j.train.checkpoint.CheckpointState;
import org.data2vec4j.train.checkpoint.Checkpoints;
import org.data2vec4j.train.data.Modality;
import org.data2vec4j.train.guard.GuardConfig;
import org.data2vec4j.train.optimizer.AdamWConfig;
import org.data2vec4j.train.run.PretrainConfig;
import org.data2vec4j.train.schedule.CosineSchedule;
import org.data2vec4j.version.Version;

/** The run directory of a model that was not trained here: a recipe, and one checkpoint at update 0. */
final class ImportedFiles {
    private ImportedFiles() {}

    /** A recipe around a model: nothing else is known of how it was trained. */
    static PretrainConfig recipe(Path output, Modality modality, EncoderConfig encoder, MethodConfig method) {
        return new PretrainConfig(
                0,
                Precision.AUTO,
                "auto",
                "synthetic",
                output.toString(),
                modality,
                encoder,
                method,
                AdamWConfig.defaults(),
                new CosineSchedule(0, 0),
                TrainConfig.defaults(),
                CheckpointConfig.defaults(),
                GuardConfig.defaults(),
                EvaluateConfig.defaults());
    }

    /** Writes the directory; refuses one that is a run already. */
    static void write(Path output, PretrainConfig recipe, PretrainingMethod model, Path from) {
        if (Files.exists(output.resolve(RunDirectory.CONFIG))) {
            throw new UserException(output + " is a run directory already; choose another --output");
        }
        try (RunDirectory directory = RunDirectory.open(output)) {
            directory.save(recipe);
            CheckpointState state = new CheckpointState(
                    CheckpointState.FORMAT,
                    0,
                    LoaderPosition.START,
                    0,
                    0,
                    0,
                    Precision.FP32.name(),
                    "imported from " + from.getFileName(),
                    Version.number(),
                    Native.describe());
            Map<String, Map<String, Tensor>> sets = new LinkedHashMap<>();
            sets.put("student", values(model.weights()));
            model.frozenWeights().forEach((name, weights) -> sets.put(name, values(weights)));
            new Checkpoints(output, 1).write(state, sets);
        }
    }

    private static Map<String, Tensor> values(Weights weights) {
        Map<String, Tensor> values = new LinkedHashMap<>();
        weights.parameters().forEach((name, parameter) -> values.put(name, parameter.value()));
        return values;
    }
}
