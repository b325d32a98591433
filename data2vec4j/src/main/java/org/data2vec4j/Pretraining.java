package org.data2vec4j;

import java.util.function.BooleanSupplier;
import org.data2vec4j.run.PretrainRun;
import org.data2vec4j.run.RunCommand;
import org.data2vec4j.run.RunFollower;
import org.data2vec4j.tensor.distributed.ProcessGroup;
import org.data2vec4j.train.Trainer;
import org.data2vec4j.train.listener.TrainListener;
import org.data2vec4j.train.run.PretrainConfig;

/**
 * A pre-training run. It writes the run directory of its configuration and resumes from the newest checkpoint that is there; it
 * prints nothing and registers no shutdown hook. What it opens and writes is logged through SLF4J at level {@code INFO}.
 *
 * <p>An instance is for one thread; {@link #run} blocks until training has ended, and releases all native memory.
 */
public final class Pretraining {
    private final PretrainConfig config;
    private final RunFollower follower = new RunFollower();
    private RunCommand command = RunCommand.PROGRAM;

    private Pretraining(PretrainConfig config) {
        this.config = config;
    }

    /** A run of this configuration, as {@link Recipe#bind()} gives it; nothing is opened yet. */
    public static Pretraining of(PretrainConfig config) {
        return new Pretraining(config);
    }

    /** Adds a listener, called on the training thread and closed at the end of the run. */
    public Pretraining listener(TrainListener listener) {
        follower.add(listener);
        return this;
    }

    /**
     * Adds a condition that is asked after every update; once it is true, the run writes a checkpoint and returns. The same run goes
     * on from there.
     */
    public Pretraining stopWhen(BooleanSupplier stop) {
        follower.stopWhen(stop);
        return this;
    }

    /**
     * Goes on with a run that was begun with other settings, such as fewer updates. Otherwise {@link #run} refuses settings that train
     * another way than the run directory's own.
     */
    public Pretraining acceptChangedSettings() {
        command = new RunCommand("", RunCommand.ChangedSettings.ACCEPT);
        return this;
    }

    /**
     * Trains to the end, or until asked to stop. At the end it evaluates, if the configuration asks for that, and writes the run's
     * page.
     *
     * @return how many updates the run has now, and whether these are all
     * @throws org.data2vec4j.core.UserException if the data, the configuration or a checkpoint cannot be used; training that collapses
     *     throws the subclass {@code CollapseException}
     */
    public Trainer.End run() {
        return new PretrainRun(config, follower.log(), ProcessGroup.single(), follower, command).run();
    }
}
