package org.data2vec4j.run;

import java.util.function.BooleanSupplier;

/** Whether a run is asked to stop: asked after every update, and closed when the run's last checkpoint has been written. */
public interface StopRequest extends BooleanSupplier, AutoCloseable {
    @Override
    default void close() {}

    /** A request that is answered by {@code stop} and needs no closing. */
    static StopRequest of(BooleanSupplier stop) {
        return stop::getAsBoolean;
    }
}
