package org.data2vec4j.evaluation.suite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.data2vec4j.evaluation.probe.Score;

/** Scores as they come, seed by seed, by what they are of. */
final class ScoreTable {
    private record Key(Probe probe, double share, String subject) {}

    private record Values(List<Double> percents, List<String> chosen, int tested) {}

    private final Map<Key, Values> all = new LinkedHashMap<>();

    void add(Probe probe, double share, String subject, Score score, String chosen) {
        Values values = all.computeIfAbsent(
                new Key(probe, share, subject), key -> new Values(new ArrayList<>(), new ArrayList<>(), score.total()));
        values.percents().add(score.percent());
        if (!chosen.isEmpty()) {
            values.chosen().add(chosen);
        }
    }

    List<SuiteScore> scores() {
        return all.entrySet().stream()
                .map(entry -> new SuiteScore(
                        entry.getKey().probe(),
                        entry.getKey().share(),
                        entry.getKey().subject(),
                        entry.getValue().percents(),
                        entry.getValue().tested(),
                        entry.getValue().chosen()))
                .toList();
    }
}
