package org.data2vec4j.train.guard;

import org.data2vec4j.core.Check;

/**
 * When a run is stopped as collapsed. Values that are not finite always stop it, before they reach the weights.
 *
 * @param afterUpdates updates before which only non-finite values stop a run
 * @param minTargetStd smallest mean standard deviation of target features; 0 to ignore
 * @param minPredictionStd smallest mean standard deviation of predicted features; 0 to ignore
 * @param maxExplainedByPosition largest share of the targets' variance that the position alone may explain; 1 to ignore
 * @param minCodeUse smallest use of a quantiser's codes, from 0, one code of each codebook, to 1, all alike; 0 to ignore
 */
public record GuardConfig(
        long afterUpdates,
        double minTargetStd,
        double minPredictionStd,
        double maxExplainedByPosition,
        double minCodeUse) {
    /** Checks the ranges. */
    public GuardConfig {
        Check.notNegative("after_updates", afterUpdates);
        Check.notNegative("min_target_std", minTargetStd);
        Check.notNegative("min_prediction_std", minPredictionStd);
        Check.inRange("max_explained_by_position", maxExplainedByPosition, 0, 1);
        Check.inRange("min_code_use", minCodeUse, 0, 1);
    }

    /** Thresholds that ignore codes. */
    public GuardConfig(long afterUpdates, double minTargetStd, double minPredictionStd, double maxExplainedByPosition) {
        this(afterUpdates, minTargetStd, minPredictionStd, maxExplainedByPosition, 0);
    }

    /**
     * The published thresholds, from update 1,000 on instead of 5,000, and guards against targets made of position alone and against
     * codebooks of which hardly anything is used.
     */
    public static GuardConfig defaults() {
        return new GuardConfig(1000, 0.1, 0.01, 0.95, 0.01);
    }
}
