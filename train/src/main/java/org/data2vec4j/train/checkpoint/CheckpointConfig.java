package org.data2vec4j.train.checkpoint;

import org.data2vec4j.core.Check;

/**
 * When checkpoints are written and how many stay.
 *
 * @param everyUpdates updates between two checkpoints; one more is written at the end, and when the run is asked to stop
 * @param keep how many of the newest stay
 */
public record CheckpointConfig(long everyUpdates, int keep) {
    /** Checks the ranges. */
    public CheckpointConfig {
        Check.positive("every_updates", everyUpdates);
        Check.inRange("keep", keep, 1, 1_000_000);
    }

    /** Every 500 updates, the last two. */
    public static CheckpointConfig defaults() {
        return new CheckpointConfig(500, 2);
    }
}
