package org.data2vec4j.evaluation.finetune;

import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.data2vec4j.core.UserException;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Native;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.distributed.ProcessGroup;
import org.data2vec4j.train.Precision;
import org.data2vec4j.train.Trainer;
import org.data2vec4j.train.checkpoint.Checkpoints;
import org.data2vec4j.train.distributed.GradientReducer;
import org.data2vec4j.train.listener.TrainListener;
import org.data2vec4j.train.loop.TrainingLoop;
import org.data2vec4j.train.optimizer.AdamW;
import org.data2vec4j.train.run.PretrainConfig;
import org.jspecify.annotations.Nullable;

/** A fine-tuning run, built from its recipe and the pre-training run's; holds the model's memory until closed. */
public final class FineTuneSession implements AutoCloseable {
    private final FineTuneConfig config;
    private final Scope memory;
    private final Device device;
    private final Precision precision;
    private final FineTuneTask task;
    private final TrainingLoop loop;
    private final Checkpoints.@Nullable Saved resume;

    /**
     * Opens the data, builds the model and loads the encoder; nothing is written.
     *
     * @param pretrain the recipe of {@code config.from()}
     * @param warnings told of samples that are left out
     */
    public FineTuneSession(FineTuneConfig config, PretrainConfig pretrain, Consumer<String> warnings) {
        this.config = config;
        this.device = Device.parse(config.device());
        Native.threadsOfRun(config.train().threads(), Runtime.getRuntime().availableProcessors());
        Checkpoints checkpoints =
                new Checkpoints(Path.of(config.run()), config.checkpoint().keep());
        this.resume = checkpoints.newest();
        this.precision = config.precision() == Precision.AUTO && resume != null
                ? Precision.of(resume.state(), resume.folder())
                : config.precision().resolve(device);
        Built built = Scope.owned(scope -> build(scope, pretrain, warnings));
        this.memory = built.memory();
        this.task = built.task();
        this.loop = new TrainingLoop(
                new TrainingLoop.Settings(
                        Path.of(config.run()),
                        config.data(),
                        config.seed(),
                        precision,
                        device,
                        config.train(),
                        config.schedule(),
                        config.checkpoint().everyUpdates(),
                        config.evaluate().everyUpdates()),
                new TrainingLoop.Parts(
                        task.model(),
                        task.inputs(),
                        built.optimiser(),
                        null,
                        GradientReducer.NONE), // labels do not collapse
                checkpoints,
                resume,
                ProcessGroup.single());
    }

    /** What takes native memory. */
    private record Built(Scope memory, FineTuneTask task, AdamW optimiser) {}

    private Built build(Scope scope, PretrainConfig pretrain, Consumer<String> warnings) {
        FineTuneTask opened = config.task().open(config, pretrain, precision.type(), device, warnings);
        begin(opened);
        return new Built(
                scope, opened, new AdamW(config.optimizer(), opened.model().weights()));
    }

    private void begin(FineTuneTask opened) {
        if (resume != null || config.weights() == FineTuneConfig.Initial.RANDOM) {
            return;
        }
        Checkpoints.Saved saved = new Checkpoints(Path.of(config.from()), 1).newest();
        if (saved == null) {
            throw new UserException(config.from() + " has no checkpoint; pre-train there first, or set weights=random");
        }
        EncoderWeights.load(saved, config.weights(), opened.model().weights());
    }

    /** The task. */
    public FineTuneTask task() {
        return task;
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
    public void checkResume() {
        loop.checkResume(task.feed());
    }

    /**
     * Trains.
     *
     * @param version of this library, for provenance
     * @param stop asked after every update
     */
    public Trainer.End run(String version, TrainListener listener, BooleanSupplier stop) {
        return loop.run(task.feed(), version, task::measure, listener, stop, listener::onMessage);
    }

    @Override
    public void close() {
        task.close();
        memory.close();
    }
}
