package org.data2vec4j.lab.race;

import java.util.List;
import org.data2vec4j.lab.trial.TimingRun;

/**
 * An entrant with its runs.
 *
 * @param pilot its speed
 * @param learningRate what it races with
 * @param tried the sweep that found it; empty for the recipe's own
 * @param lanes its runs, one by each seed
 */
record MethodRuns(
        MethodEntry entrant, TimingRun pilot, double learningRate, List<LearningRateTrial> tried, List<SeedRun> lanes) {
    MethodRuns {
        tried = List.copyOf(tried);
        lanes = List.copyOf(lanes);
    }

    String name() {
        return entrant.name();
    }
}
