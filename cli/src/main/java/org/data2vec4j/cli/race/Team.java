package org.data2vec4j.cli.race;

import java.util.List;
import org.data2vec4j.cli.trial.Pilot;

/**
 * An entrant with its runs.
 *
 * @param pilot its speed
 * @param learningRate what it races with
 * @param tried the sweep that found it; empty for the recipe's own
 * @param lanes its runs, one by each seed
 */
record Team(Entrant entrant, Pilot pilot, double learningRate, List<Tried> tried, List<Lane> lanes) {
    Team {
        tried = List.copyOf(tried);
        lanes = List.copyOf(lanes);
    }

    String name() {
        return entrant.name();
    }
}
