package org.data2vec4j.run;

import java.nio.file.Path;
import java.util.Collection;
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
import org.data2vec4j.train.checkpoint.TensorSet;
import org.data2vec4j.train.data.RunContext;
import org.data2vec4j.train.run.PretrainConfig;

/** The model of a run's newest checkpoint, for measuring; holds its memory until closed. */
public final class LoadedPretraining implements AutoCloseable {
    static final String BOTH = "both";

    private final OpenedRun run;
    private final Scope memory;
    private final PretrainingMethod method;

    private LoadedPretraining(OpenedRun run, Scope memory) {
        this.run = run;
        this.memory = memory;
        this.method = load(run);
    }

    /** The whole method of a checkpoint, in the scope open now. */
    static PretrainingMethod load(OpenedRun run) {
        PretrainingMethod method = run.config().build(run.device());
        TensorSet.load(run.saved().intact("student"), tensors(method.weights()));
        method.frozenWeights()
                .forEach((name, weights) -> TensorSet.load(run.saved().intact(name), tensors(weights)));
        return method;
    }

    /** Opens a run directory's newest checkpoint, on the device that its recipe says, with its threads unless they have been chosen. */
    public static LoadedPretraining open(Path path) {
        OpenedRun run = OpenedRun.open(path, "");
        int threads = run.config().train().threads();
        Native.threadsUnlessChosen(threads == 0 ? Runtime.getRuntime().availableProcessors() : threads);
        return open(run);
    }

    /**
     * Opens a run directory's newest checkpoint on a device; the number of threads stays as it is.
     *
     * @param device {@code cpu}, {@code cuda}, {@code cuda:1}, …; empty for the one that the recipe says
     */
    public static LoadedPretraining open(Path path, String device) {
        return open(OpenedRun.open(path, device));
    }

    private static LoadedPretraining open(OpenedRun run) {
        return Scope.owned(memory -> new LoadedPretraining(run, memory));
    }

    private static Map<String, Tensor> tensors(Weights weights) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        weights.parameters().forEach((name, parameter) -> tensors.put(name, parameter.value()));
        return tensors;
    }

    static UserException unknown(String which, Collection<String> names) {
        return new UserException("weights is '" + which + "'; allowed: " + String.join(", ", names) + ", " + BOTH);
    }

    /** The encoders of this name, {@code student} or {@code teacher}, or both for {@code both}. */
    public Map<String, Encoder> encoders(String which) {
        Map<String, Encoder> all = method.encoders();
        if (which.equals(BOTH)) {
            return all;
        }
        Encoder one = all.get(which);
        if (one == null) {
            throw unknown(which, all.keySet());
        }
        return Map.of(which, one);
    }

    /** The method, as trained. */
    public PretrainingMethod method() {
        return method;
    }

    /** The run directory. */
    public Path path() {
        return run.path();
    }

    /** The run's configuration. */
    public PretrainConfig config() {
        return run.config();
    }

    /** What the modality may know of the run, which says nothing. */
    public RunContext context() {
        return run.context();
    }

    /**
     * What the modality may know of the run, where its directory is now.
     *
     * @param messages told what takes time, and what is left out
     */
    public RunContext context(Consumer<String> messages) {
        return run.context(messages);
    }

    /** What the checkpoint says of the run. */
    public CheckpointState state() {
        return run.state();
    }

    /** Where the model is. */
    public Device device() {
        return run.device();
    }

    /** The precision that the run was trained with. */
    public Precision precision() {
        return run.precision();
    }

    @Override
    public void close() {
        memory.close();
    }
}
