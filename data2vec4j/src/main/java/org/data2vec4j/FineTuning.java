package org.data2vec4j;

import java.util.function.BooleanSupplier;
import org.data2vec4j.evaluation.finetune.FineTuneConfig;
import org.data2vec4j.run.FineTuneRun;
import org.data2vec4j.run.RunCommand;
import org.data2vec4j.run.RunFollower;
import org.data2vec4j.train.Trainer;
import org.data2vec4j.train.listener.TrainListener;

/**
 * A fine-tuning run: a supervised task learned from a pre-trained encoder. It writes the run directory of its configuration and
 * resumes from the newest checkpoint that is there; it prints nothing and registers no shutdown hook. What it opens and writes is
 * logged through SLF4J at level {@code INFO}. Its result is used by {@link Classifier} or {@link Recognizer}.
 *
 * <p>An instance is for one thread; {@link #run} blocks until training has ended, and releases all native memory.
 */
public final class FineTuning {
    private final FineTuneConfig config;
    private final RunFollower follower = new RunFollower();
    private RunCommand command = RunCommand.PROGRAM;

    private FineTuning(FineTuneConfig config) {
        this.config = config;
    }

    /** A run of this configuration, as {@link Recipe#bindFineTuning()} gives it; nothing is opened yet. */
    public static FineTuning of(FineTuneConfig config) {
        return new FineTuning(config);
    }

    /** Adds a listener, called on the training thread and closed at the end of the run. */
    public FineTuning listener(TrainListener listener) {
        follower.add(listener);
        return this;
    }

    /**
     * Adds a condition that is asked after every update; once it is true, the run writes a checkpoint and returns. The same run goes
     * on from there.
     */
    public FineTuning stopWhen(BooleanSupplier stop) {
        follower.stopWhen(stop);
        return this;
    }

    /**
     * Goes on with a run that was begun with other settings, such as fewer updates. Otherwise {@link #run} refuses settings that train
     * another way than the run directory's own.
     */
    public FineTuning acceptChangedSettings() {
        command = new RunCommand("", RunCommand.ChangedSettings.ACCEPT);
        return this;
    }

    /**
     * Trains to the end, or until asked to stop, and measures on the test data of the configuration.
     *
     * @return how many updates the run has now, and whether these are all
     * @throws org.data2vec4j.core.UserException if the data, the configuration or a checkpoint cannot be used
     */
    public Pretraining.End run() {
        Trainer.End end = new FineTuneRun(config, follower.log(), follower, command).run();
        return new Pretraining.End(end.update(), end.finished());
    }
}
