package org.data2vec4j.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.data2vec4j.core.UserException;
import org.data2vec4j.evaluation.finetune.FineTuneConfig;
import org.data2vec4j.evaluation.finetune.TaskConfig;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.model.task.TaskModel;
import org.data2vec4j.model.task.classify.ClassifierModel;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.train.checkpoint.Checkpoints;
import org.data2vec4j.train.checkpoint.TensorSet;
import org.data2vec4j.train.data.Modality;
import org.data2vec4j.train.run.PretrainConfig;

/** The model of a fine-tuning run's newest checkpoint, in float32, without its training data: the average of its weights where it keeps one; holds its memory until closed. */
public final class LoadedFineTuning implements AutoCloseable {
    private final OwnedMemory memory;
    private final Modality modality;
    private final TaskConfig task;
    private final List<String> outputs;
    private final TaskModel model;
    private final long update;

    private LoadedFineTuning(
            Path run, FineTuneConfig config, PretrainConfig pretrain, Checkpoints.Saved saved, OwnedMemory memory) {
        this.task = config.task();
        this.modality = task.modality(pretrain.modality());
        this.outputs = outputs(run, task);
        this.update = saved.state().update();
        this.memory = memory;
        Device device = Device.parse(config.device());
        EncoderConfig encoder = pretrain.model();
        TaskModel trained =
                task.model(encoder, modality.featureEncoder(encoder.width()), outputs.size(), config.seed(), device);
        TensorSet.load(saved.intact("student"), values(trained.weights()));
        trained.frozenWeights().forEach((name, weights) -> TensorSet.load(saved.intact(name), values(weights)));
        this.model = trained instanceof ClassifierModel classifier ? classifier.predicting() : trained;
        model.train(false);
    }

    private static Map<String, Tensor> values(Weights weights) {
        Map<String, Tensor> values = new LinkedHashMap<>();
        weights.parameters().forEach((name, parameter) -> values.put(name, parameter.value()));
        return values;
    }

    /** Whether a directory is a fine-tuning run. */
    public static boolean isAt(Path run) {
        return Files.isRegularFile(run.resolve(FineTuneRun.PRETRAIN));
    }

    /** Opens a fine-tuning run's newest checkpoint. */
    public static LoadedFineTuning open(Path run) {
        FineTuneConfig config = RunDirectory.config(run, RunDirectory.CONFIG, FineTuneConfig.class);
        PretrainConfig pretrain = RunDirectory.config(run, FineTuneRun.PRETRAIN, PretrainConfig.class);
        Checkpoints.Saved saved = new Checkpoints(run, 1).newest();
        if (saved == null) {
            throw new UserException(run + " has no checkpoint yet; go on with d2v finetune");
        }
        return OwnedMemory.build(
                "the model of " + run, memory -> new LoadedFineTuning(run, config, pretrain, saved, memory));
    }

    private static List<String> outputs(Path run, TaskConfig task) {
        Path file = run.resolve(task.outputs());
        try {
            List<String> lines = Files.readAllLines(file);
            return lines.equals(List.of("")) ? List.of() : lines;
        } catch (IOException e) {
            throw new UserException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** The kind of data. */
    public Modality modality() {
        return modality;
    }

    /** The model, as its task built it. */
    public TaskModel model() {
        return model;
    }

    /** The task as its recipe said it. */
    public TaskConfig task() {
        return task;
    }

    /** Letters or classes by their numbers; empty where a number is predicted. */
    public List<String> outputs() {
        return outputs;
    }

    /** The update of its checkpoint. */
    public long update() {
        return update;
    }

    /**
     * What {@code work} computes with the model, which is not freed before it has ended.
     *
     * @throws IllegalStateException if the model is closed
     */
    public <T> T use(Supplier<T> work) {
        return memory.use(work);
    }

    /**
     * Refuses a model that is closed.
     *
     * @throws IllegalStateException if it is
     */
    public void requireOpen() {
        memory.requireOpen();
    }

    /** Frees the model when the last {@link #use} in flight has ended. */
    @Override
    public void close() {
        memory.close();
    }
}
