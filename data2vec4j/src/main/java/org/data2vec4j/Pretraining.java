package org.data2vec4j;

import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.data2vec4j.run.PretrainRun;
import org.data2vec4j.run.Processes;
import org.data2vec4j.run.RunCommand;
import org.data2vec4j.run.RunFollower;
import org.data2vec4j.tensor.distributed.GlooGroup;
import org.data2vec4j.tensor.distributed.ProcessGroup;
import org.data2vec4j.tensor.distributed.Rendezvous;
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
    private Place place = Place.SINGLE;

    /**
     * How training ended.
     *
     * @param update how many updates the run has now
     * @param finished whether these are all that its recipe asks for; if not, the same run goes on from its checkpoint
     */
    public record End(long update, boolean finished) {}

    /**
     * The place of this process among those that train one run together.
     *
     * @param rank this process, from 0
     * @param size how many there are
     * @param localRank this process among those of its machine, from 0; it takes the GPU of that number
     * @param localSize how many processes its machine has
     * @param host the address of process 0, which listens on it
     * @param port where it listens; any number above 0 where there is one process
     */
    public record Place(int rank, int size, int localRank, int localSize, String host, int port) {
        /** A process that trains alone. */
        public static final Place SINGLE = new Place(0, 1, 0, 1, "127.0.0.1", 1);

        /**
         * A port of an address of this machine that nobody listens on now, to meet on at once.
         *
         * @throws IOException if this machine cannot listen on the address
         */
        public static int freePort(String host) throws IOException {
            return Rendezvous.freePort(host);
        }

        private ProcessGroup meet(Duration timeout) {
            return size == 1
                    ? ProcessGroup.single()
                    : GlooGroup.meet(new Rendezvous(rank, size, localRank, localSize, host, port, timeout));
        }
    }

    private Pretraining(PretrainConfig config) {
        this.config = config;
    }

    /** A run of this configuration, as {@link Recipe#bind()} gives it; nothing is opened yet. */
    public static Pretraining of(PretrainConfig config) {
        return new Pretraining(config);
    }

    /** Adds a listener, called on the training thread and closed at the end of the run; of several processes, the first has it. */
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

    /** Trains as one of several processes, each of which makes the same call with its own place; it waits for the others. */
    public Pretraining as(Place other) {
        this.place = other;
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
     * @throws org.data2vec4j.core.UserException if the data, the configuration or a checkpoint cannot be used, or another process is
     *     lost; training that collapses throws the subclass {@code CollapseException}
     */
    public End run() {
        return with(PretrainRun::run);
    }

    /**
     * Trains as {@link #run} does, and nothing else: no evaluation and no page.
     *
     * @throws org.data2vec4j.core.UserException as {@link #run}
     */
    public End train() {
        return with(PretrainRun::train);
    }

    private End with(Function<PretrainRun, Trainer.End> work) {
        try (ProcessGroup group = place.meet(config.train().distributed().timeout())) {
            Trainer.End end = Processes.together(
                    group, () -> work.apply(new PretrainRun(config, follower.log(), group, follower, command)));
            return new End(end.update(), end.finished());
        }
    }
}
