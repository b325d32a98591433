package org.data2vec4j.run;

import java.util.function.BooleanSupplier;
import org.data2vec4j.train.listener.TrainListener;

/**
 * Follows a run and may end it. The library itself prints nothing and listens to no signal: who wants a progress bar or a
 * reaction to Ctrl-C, as the command does, brings a watch.
 */
public interface RunWatch {
    /** Follows nothing and never ends a run. */
    RunWatch NONE = stoppedBy(() -> false);

    /**
     * The listener of one run, which the run closes at its end; asked for in the first of several processes only.
     *
     * @param name the name of the run directory
     * @param samples what the run's samples are called, such as {@code images}
     */
    TrainListener listener(String name, String samples);

    /** Asked for in every process when training begins, after everything has been opened and checked. */
    StopRequest stopRequest();

    /** A watch that follows nothing and ends a run after the first update after which {@code stop} is true. */
    static RunWatch stoppedBy(BooleanSupplier stop) {
        return new RunWatch() {
            @Override
            public TrainListener listener(String name, String samples) {
                return new TrainListener() {};
            }

            @Override
            public StopRequest stopRequest() {
                return StopRequest.of(stop);
            }
        };
    }
}
