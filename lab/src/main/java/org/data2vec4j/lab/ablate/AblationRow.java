package org.data2vec4j.lab.ablate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.data2vec4j.evaluation.metric.MeanInterval;
import org.data2vec4j.lab.trial.Measure;
import org.data2vec4j.lab.trial.RunScores;
import org.jspecify.annotations.Nullable;

/**
 * A variation's cells as numbers.
 *
 * @param name the variation's
 * @param scores percent, by seed, of cells that are done and did not collapse
 * @param beyondFirst the score minus the first variation's by the same seed
 * @param untrained mean percent before any training
 * @param control mean percent of what needs no encoder
 * @param updates mean updates
 * @param seconds mean training time
 * @param failures why cells were stopped, by seed
 */
record AblationRow(
        String name,
        Map<Long, Double> scores,
        List<Double> beyondFirst,
        double untrained,
        double control,
        double updates,
        double seconds,
        Map<Long, String> failures) {
    static AblationRow of(Measure measure, Variation variation, Map<Long, CellResult> cells, Map<Long, Double> first) {
        Map<Long, Double> scores = scores(measure, cells);
        List<Double> beyond = new ArrayList<>();
        scores.forEach((seed, score) -> {
            Double other = first.get(seed);
            if (other != null) {
                beyond.add(score - other);
            }
        });
        List<Double> untrained = new ArrayList<>();
        List<Double> control = new ArrayList<>();
        List<Double> updates = new ArrayList<>();
        List<Double> seconds = new ArrayList<>();
        Map<Long, String> failures = new TreeMap<>();
        cells.forEach((seed, cell) -> {
            RunScores of = cell.scores();
            String failure = cell.failure();
            if (of != null) {
                untrained.add(of.untrained().of(measure.score()));
                control.add(of.control().of(measure.score()));
                updates.add((double) cell.updates());
                seconds.add(cell.seconds());
            } else if (failure != null) {
                failures.put(seed, failure);
            }
        });
        return new AblationRow(
                variation.name(),
                scores,
                beyond,
                mean(untrained),
                mean(control),
                mean(updates),
                mean(seconds),
                failures);
    }

    /** The scores by seed, of cells that did not collapse. */
    static Map<Long, Double> scores(Measure measure, Map<Long, CellResult> cells) {
        Map<Long, Double> scores = new TreeMap<>();
        cells.forEach((seed, cell) -> {
            RunScores of = cell.scores();
            if (of != null) {
                scores.put(seed, of.encoder(measure.weights()).scores().of(measure.score()));
            }
        });
        return scores;
    }

    /** The mean score over seeds; null if no cell is done. */
    @Nullable
    MeanInterval score() {
        return interval(List.copyOf(scores.values()));
    }

    /** The mean difference to the first variation, paired by seed; null if there is none. */
    @Nullable
    MeanInterval difference() {
        return interval(beyondFirst);
    }

    private static @Nullable MeanInterval interval(List<Double> values) {
        return values.isEmpty()
                ? null
                : MeanInterval.of(
                        values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }
}
