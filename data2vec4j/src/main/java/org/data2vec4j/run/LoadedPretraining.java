package org.data2vec4j.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.method.PretrainingMethod;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Native;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.train.Precision;
import org.data2vec4j.train.checkpoint.CheckpointState;
import org.data2vec4j.train.checkpoint.Checkpoints;
import org.data2vec4j.train.checkpoint.TensorSet;
import org.data2vec4j.train.data.RunContext;
import org.data2vec4j.train.run.PretrainConfig;

/** The model of a run's newest checkpoint, for measuring; holds its memory until closed. */
public final class LoadedPretraining implements AutoCloseable {
    private final Path path;
    private final PretrainConfig config;
    private final CheckpointState state;
    private final Device device;
    private final Scope memory;
    private final PretrainingMethod method;

    private LoadedPretraining(Path path, PretrainConfig config, Device device, Checkpoints.Saved saved, Scope memory) {
        this.path = path;
        this.config = config;
        this.state = saved.state();
        this.device = device;
        this.memory = memory;
        this.method = config.build(device);
        TensorSet.load(saved.file("student"), tensors(method.weights()));
        method.frozenWeights().forEach((name, weights) -> TensorSet.load(saved.file(name), tensors(weights)));
    }

    /** Opens a run directory's newest checkpoint, on the device that its recipe says, with its threads unless they have been chosen. */
    public static LoadedPretraining open(Path run) {
        PretrainConfig config = RunDirectory.config(run);
        int threads = config.train().threads();
        Native.threadsUnlessChosen(threads == 0 ? Runtime.getRuntime().availableProcessors() : threads);
        return open(run, config, config.device());
    }

    /**
     * Opens a run directory's newest checkpoint on a device; the number of threads stays as it is.
     *
     * @param device {@code cpu}, {@code cuda}, {@code cuda:1}, …; empty for the one that the recipe says
     */
    public static LoadedPretraining open(Path run, String device) {
        PretrainConfig config = RunDirectory.config(run);
        return open(run, config, device.isEmpty() ? config.device() : device);
    }

    private static LoadedPretraining open(Path run, PretrainConfig config, String device) {
        Checkpoints.Saved saved = new Checkpoints(run, 1).newest();
        if (saved == null) {
            throw new UserException(
                    run + " has no checkpoint yet; go on with: d2v pretrain recipe=" + run + "/config.yaml");
        }
        Device place = Device.parse(device);
        return Scope.owned(memory -> new LoadedPretraining(run, config, place, saved, memory));
    }

    private static Map<String, Tensor> tensors(Weights weights) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        weights.parameters().forEach((name, parameter) -> tensors.put(name, parameter.value()));
        return tensors;
    }

    /** The encoders of this name, {@code student} or {@code teacher}, or both for {@code both}. */
    public Map<String, Encoder> encoders(String which) {
        Map<String, Encoder> all = method.encoders();
        if (which.equals("both")) {
            return all;
        }
        Encoder one = all.get(which);
        if (one == null) {
            throw new UserException(
                    "weights is '" + which + "'; allowed: " + String.join(", ", all.keySet()) + ", both");
        }
        return Map.of(which, one);
    }

    /** The method, as trained. */
    public PretrainingMethod method() {
        return method;
    }

    /** The run directory. */
    public Path path() {
        return path;
    }

    /** The run's configuration. */
    public PretrainConfig config() {
        return config;
    }

    /** What the modality may know of the run, which says nothing. */
    public RunContext context() {
        return context(message -> {});
    }

    /**
     * What the modality may know of the run, where its directory is now.
     *
     * @param messages told what takes time, and what is left out
     */
    public RunContext context(Consumer<String> messages) {
        return new RunContext(path, config.train(), config.seed(), messages);
    }

    /** What the checkpoint says of the run. */
    public CheckpointState state() {
        return state;
    }

    /** Where the model is. */
    public Device device() {
        return device;
    }

    /** The precision that the run was trained with. */
    public Precision precision() {
        return Precision.of(state, path);
    }

    @Override
    public void close() {
        memory.close();
    }
}
