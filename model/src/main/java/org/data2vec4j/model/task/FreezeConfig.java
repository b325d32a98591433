package org.data2vec4j.model.task;

import org.data2vec4j.core.Check;

/**
 * What of a pre-trained encoder stays as it is while a task is learned.
 *
 * @param featureEncoder whether the feature encoder never learns (usual for speech)
 * @param encoderUpdates for how many updates only the head learns
 */
public record FreezeConfig(boolean featureEncoder, long encoderUpdates) {
    /** Checks the ranges. */
    public FreezeConfig {
        Check.notNegative("encoder_updates", encoderUpdates);
    }

    /** Everything learns from the start. */
    public static FreezeConfig defaults() {
        return new FreezeConfig(false, 0);
    }

    /** Whether the encoder behind the feature encoder learns in this update. */
    public boolean encoderLearns(long update) {
        return update >= encoderUpdates;
    }
}
