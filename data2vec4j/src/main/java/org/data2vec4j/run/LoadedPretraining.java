package org.data2vec4j.run;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.data2vec4j.WeightsChoice;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.method.PretrainingMethod;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Native;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.train.Precision;
import org.data2vec4j.train.checkpoint.CheckpointState;
import org.data2vec4j.train.checkpoint.TensorSet;
import org.data2vec4j.train.data.RunContext;
import org.data2vec4j.train.run.PretrainConfig;

/** The model of a run's newest checkpoint, for measuring; holds its memory until closed. */
public final class LoadedPretraining implements AutoCloseable {
    private final OpenedRun run;
    private final OwnedMemory memory;
    private final PretrainingMethod method;

    private LoadedPretraining(OpenedRun run, OwnedMemory memory) {
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
        return OwnedMemory.build("the model of " + run.path(), memory -> new LoadedPretraining(run, memory));
    }

    private static Map<String, Tensor> tensors(Weights weights) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        weights.parameters().forEach((name, parameter) -> tensors.put(name, parameter.value()));
        return tensors;
    }

    static UserException unknown(String which, Collection<String> names) {
        return new UserException("weights is '" + which + "'; allowed: " + String.join(", ", names) + ", both");
    }

    /**
     * The encoders that are meant, by name, the preferred one first.
     *
     * @throws UserException naming those that there are, if it is none of them
     */
    public Map<String, Encoder> encoders(WeightsChoice choice) {
        Map<String, Encoder> all = method.encoders();
        if (choice instanceof WeightsChoice.Named named) {
            Encoder one = all.get(named.encoder());
            if (one == null) {
                throw unknown(named.encoder(), all.keySet());
            }
            return Map.of(named.encoder(), one);
        }
        return choice == WeightsChoice.ALL
                ? all
                : Map.ofEntries(all.entrySet().iterator().next());
    }

    /**
     * The encoder that is meant, and its name; of several the preferred one.
     *
     * @throws UserException naming those that there are, if it is none of them
     */
    public Map.Entry<String, Encoder> encoder(WeightsChoice choice) {
        return encoders(choice).entrySet().iterator().next();
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
