package org.data2vec4j.train.loop;

import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.LoaderPosition;
import org.data2vec4j.data.Shard;
import org.data2vec4j.model.method.TrainableModel;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Native;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.distributed.ProcessGroup;
import org.data2vec4j.train.BatchConverter;
import org.data2vec4j.train.PhaseClock;
import org.data2vec4j.train.Precision;
import org.data2vec4j.train.TrainConfig;
import org.data2vec4j.train.TrainStep;
import org.data2vec4j.train.Trainer;
import org.data2vec4j.train.checkpoint.CheckpointState;
import org.data2vec4j.train.checkpoint.Checkpoints;
import org.data2vec4j.train.data.Dataset;
import org.data2vec4j.train.distributed.GradientReducer;
import org.data2vec4j.train.guard.CollapseGuard;
import org.data2vec4j.train.guard.GuardConfig;
import org.data2vec4j.train.listener.Metric;
import org.data2vec4j.train.listener.TrainListener;
import org.data2vec4j.train.optimizer.AdamW;
import org.data2vec4j.train.schedule.Schedule;
import org.jspecify.annotations.Nullable;

/** What pre-training and fine-tuning share: the checks of a checkpoint to go on from, and training from there to the end. */
public final class TrainingLoop {
    /** Refuses losses and gradients that are not finite, and nothing else. */
    private static final GuardConfig FINITE_ONLY = new GuardConfig(Long.MAX_VALUE, 0, 0, 1);

    private static final String CONTENT = ", content ";

    private final Settings settings;
    private final Parts parts;
    private final Checkpoints checkpoints;
    private final Checkpoints.@Nullable Saved resume;
    private final ProcessGroup group;

    /**
     * What a recipe says.
     *
     * @param run the run directory
     * @param data what the training data is called
     * @param seed of everything random
     * @param precision in use
     * @param device in use
     * @param checkpointEvery updates between checkpoints
     * @param evaluateEvery updates between evaluations; 0 for one at the end
     */
    public record Settings(
            Path run,
            String data,
            long seed,
            Precision precision,
            Device device,
            TrainConfig train,
            Schedule schedule,
            long checkpointEvery,
            long evaluateEvery) {}

    /**
     * What is trained, and by what.
     *
     * @param guard when to stop as collapsed; null where nothing can collapse
     * @param reducer adds up the gradients of several processes
     */
    public record Parts(
            TrainableModel model,
            BatchConverter inputs,
            AdamW optimiser,
            @Nullable GuardConfig guard,
            GradientReducer reducer) {}

    /**
     * A loop.
     *
     * @param resume the newest of the checkpoints, or null if the run begins
     */
    public TrainingLoop(
            Settings settings,
            Parts parts,
            Checkpoints checkpoints,
            Checkpoints.@Nullable Saved resume,
            ProcessGroup group) {
        this.settings = settings;
        this.parts = parts;
        this.checkpoints = checkpoints;
        this.resume = resume;
        this.group = group;
    }

    /**
     * Makes sure, before anything is written, that the checkpoint to go on from fits this recipe and data.
     *
     * @throws UserException if its tensors are damaged or of another architecture, or seed or data are others
     */
    public void checkResume(Dataset dataset) {
        Checkpoints.Saved saved = resume;
        if (saved == null) {
            return;
        }
        CheckpointState state = saved.state();
        if (state.seed() != settings.seed()) {
            throw new UserException("the seed is " + settings.seed() + " but " + saved.folder() + " was made with "
                    + state.seed() + "; set seed=" + state.seed() + ", or another run=DIR");
        }
        String known = state.dataFingerprint();
        int content = known.indexOf(CONTENT);
        boolean same = dataset.fingerprint().equals(content < 0 ? known : known.substring(0, content));
        if (!same) {
            throw new UserException("the data has changed since the checkpoint " + saved.folder()
                    + " was written: its position in " + settings.data()
                    + " is gone; bring the data back, or begin anew with another run=DIR");
        }
        if (content >= 0 && !known.equals(known(dataset))) {
            throw new UserException("the data has changed since the checkpoint " + saved.folder()
                    + " was written: a file of " + settings.data() + " has the same name and size and another content;"
                    + " bring the data back, or begin anew with another run=DIR");
        }
        try (Scope scope = Scope.open()) {
            Checkpoints.check(saved, Trainer.sets(parts.model(), parts.optimiser()));
        }
    }

    /** By what a checkpoint knows its data again; earlier versions have the fingerprint only. */
    private static String known(Dataset dataset) {
        String content = dataset.contentHash();
        return dataset.fingerprint() + (content.isEmpty() ? "" : CONTENT + content);
    }

    /** One update's step, as the loop makes it; {@code clock} is told when each phase ends. */
    public TrainStep step(PhaseClock clock) {
        GuardConfig guard = parts.guard();
        return new TrainStep(
                parts.model(),
                parts.inputs(),
                parts.optimiser(),
                settings.schedule(),
                new CollapseGuard(guard == null ? FINITE_ONLY : guard, parts.model()::collapseRemedy),
                new TrainStep.Settings(
                        settings.train().updates(),
                        settings.train().clip(),
                        settings.precision().type(),
                        settings.device(),
                        settings.seed()),
                clock,
                parts.reducer());
    }

    /**
     * Trains to the end, or until asked to stop.
     *
     * @param dataset the data; stays open
     * @param version of this library, for provenance
     * @param evaluation measures the model as it is
     * @param stop asked after every update
     * @param warnings told about samples that are skipped
     */
    public Trainer.End run(
            Dataset dataset,
            String version,
            Supplier<List<Metric>> evaluation,
            TrainListener listener,
            BooleanSupplier stop,
            Consumer<String> warnings) {
        CheckpointState state = new CheckpointState(
                CheckpointState.FORMAT,
                0,
                LoaderPosition.START,
                0,
                0,
                settings.seed(),
                settings.precision().name(),
                known(dataset),
                version,
                Native.describe());
        Trainer trainer = new Trainer(
                parts.model(),
                parts.optimiser(),
                step(PhaseClock.NONE),
                position -> dataset.loader(position, new Shard(group.rank(), group.size()), warnings),
                new Trainer.Plan(
                        settings.run(), settings.train(), settings.checkpointEvery(), settings.evaluateEvery(), state),
                checkpoints,
                evaluation,
                listener,
                group);
        return trainer.run(resume, stop);
    }
}
