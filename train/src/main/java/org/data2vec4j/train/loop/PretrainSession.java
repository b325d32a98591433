package org.data2vec4j.train.loop;

import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.method.PretrainingMethod;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Native;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.distributed.ProcessGroup;
import org.data2vec4j.train.Evaluator;
import org.data2vec4j.train.PhaseClock;
import org.data2vec4j.train.Precision;
import org.data2vec4j.train.TrainStep;
import org.data2vec4j.train.Trainer;
import org.data2vec4j.train.checkpoint.Checkpoints;
import org.data2vec4j.train.data.Dataset;
import org.data2vec4j.train.distributed.GradientReducer;
import org.data2vec4j.train.listener.TrainListener;
import org.data2vec4j.train.optimizer.AdamW;
import org.data2vec4j.train.run.PretrainConfig;
import org.jspecify.annotations.Nullable;

/** A pre-training run, built from its recipe; holds the model's memory until closed. */
public final class PretrainSession implements AutoCloseable {
    private final PretrainConfig config;
    private final Scope memory;
    private final Device device;
    private final Precision precision;
    private final PretrainingMethod method;
    private final GradientReducer exchange;
    private final ProcessGroup group;
    private final TrainingLoop loop;
    private final Checkpoints.@Nullable Saved resume;

    /** Builds the model and finds the checkpoint to go on from; nothing is written. */
    public PretrainSession(PretrainConfig config) {
        this(config, ProcessGroup.single());
    }

    /**
     * The same as one of several processes, which all build the same.
     *
     * @throws UserException if the recipe's batches cannot be shared
     */
    public PretrainSession(PretrainConfig config, ProcessGroup group) {
        this.config = config;
        this.group = group;
        checkShared();
        Device on = Device.parse(deviceName());
        this.device = on;
        int cores = Math.max(1, Runtime.getRuntime().availableProcessors() / group.localSize());
        Native.threadsOfRun(config.train().threads(), cores);
        Checkpoints checkpoints =
                new Checkpoints(Path.of(config.run()), config.checkpoint().keep());
        this.resume = checkpoints.newest();
        Precision own = config.precision() == Precision.AUTO && resume != null
                ? Precision.of(resume.state(), resume.folder())
                : config.precision().resolve(device);
        boolean half = group.allGather(own == Precision.BF16 ? 1 : 0)[0] == 1; // measured, and so perhaps not alike
        this.precision = half ? Precision.BF16 : Precision.FP32;
        Built built = Scope.owned(scope -> Built.of(scope, config, group, on));
        this.memory = built.memory();
        this.method = built.method();
        this.exchange = built.exchange();
        this.loop = new TrainingLoop(
                new TrainingLoop.Settings(
                        Path.of(config.run()),
                        config.data(),
                        config.seed(),
                        precision,
                        on,
                        config.train(),
                        config.schedule(),
                        config.checkpoint().everyUpdates(),
                        config.evaluate().everyUpdates()),
                new TrainingLoop.Parts(
                        built.method(), config.modality(), built.optimiser(), config.guard(), built.exchange()),
                checkpoints,
                resume,
                group);
    }

    /** What takes native memory. */
    private record Built(Scope memory, PretrainingMethod method, AdamW optimiser, GradientReducer exchange) {
        static Built of(Scope memory, PretrainConfig config, ProcessGroup group, Device device) {
            PretrainingMethod method = config.build(device);
            AdamW optimiser = new AdamW(config.optimizer(), method.weights());
            return new Built(
                    memory,
                    method,
                    optimiser,
                    GradientReducer.of(group, method.weights(), config.train().distributed()));
        }
    }

    private void checkShared() {
        if (group.size() == 1) {
            return;
        }
        Check.that(
                config.train().batch() >= group.size(),
                "train.batch is " + config.train().batch() + ", to be shared by " + group.size()
                        + " processes; each needs a sample: set train.batch to " + group.size() + " or more");
    }

    /** Each process of a machine has a GPU of its own. */
    private String deviceName() {
        String name = config.device();
        boolean any = name.equals("cuda")
                || (name.equals("auto") && !Device.parse(name).isCpu());
        return any && group.size() > 1 ? "cuda:" + group.localRank() : name;
    }

    /** The method, for looking at. */
    public PretrainingMethod method() {
        return method;
    }

    /** The precision in use. */
    public Precision precision() {
        return precision;
    }

    /** The device in use. */
    public Device device() {
        return device;
    }

    /** The checkpoint that the run goes on from, or null if it begins. */
    public Checkpoints.@Nullable Saved resume() {
        return resume;
    }

    /**
     * Makes sure, before anything is written, that the checkpoint to go on from fits this recipe and data.
     *
     * @throws UserException if its tensors are damaged or of another architecture, or seed or data are others
     */
    public void checkResume(Dataset feed) {
        loop.checkResume(feed);
    }

    /** One update's step, as the trainer makes it. */
    public TrainStep step(PhaseClock clock) {
        return loop.step(clock);
    }

    /** What goes on between this run's processes. */
    public GradientReducer exchange() {
        return exchange;
    }

    /**
     * Trains.
     *
     * @param feed the data; stays open
     * @param version of this library, for provenance
     * @param stop asked after every update
     * @param warnings told about files that are skipped
     */
    public Trainer.End run(
            Dataset feed,
            String version,
            Evaluator evaluator,
            TrainListener listener,
            BooleanSupplier stop,
            Consumer<String> warnings) {
        return loop.run(feed, version, () -> evaluator.evaluate(method), listener, stop, warnings);
    }

    @Override
    public void close() {
        memory.close();
    }
}
