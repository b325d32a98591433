package org.data2vec4j.evaluation.suite;

import java.util.List;
import org.data2vec4j.evaluation.metric.SeedSummary;
import org.data2vec4j.evaluation.probe.Interval;

/**
 * The accuracy of one subject by one probe and one share of the labels.
 *
 * @param probe how features are scored
 * @param share of the labels that were used, 1 for all
 * @param subject whose features: {@code student}, {@code teacher}, {@code random}, {@code raw}
 * @param values percent, one for each seed, or a single one where no seed has a part in it
 * @param tested test samples
 * @param chosen what was chosen on held-out training samples for each value, such as a rate or a layer; empty if nothing was
 */
public record SuiteScore(
        Probe probe, double share, String subject, List<Double> values, int tested, List<String> chosen) {
    /** Copies the lists. */
    public SuiteScore {
        values = List.copyOf(values);
        chosen = List.copyOf(chosen);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a score of no value");
        }
    }

    /** The middle value. */
    public double median() {
        return summary().median();
    }

    /** Lower end of the 95 % interval: of the median over seeds, or of the one value over test samples. */
    public double low() {
        return values.size() > 1 ? summary().low() : 100 * sampled().low();
    }

    /** Upper end. */
    public double high() {
        return values.size() > 1 ? summary().high() : 100 * sampled().high();
    }

    /** Where the median lies by the test samples alone (Wilson's 95 %). */
    public Interval sampled() {
        return Interval.wilson(Math.round(median() / 100 * tested), tested);
    }

    private SeedSummary summary() {
        return SeedSummary.of(values.stream().mapToDouble(Double::doubleValue).toArray(), 0);
    }
}
