package org.data2vec4j.evaluation.probe;

import java.util.List;
import org.data2vec4j.core.Check;

/**
 * The attentive probe.
 *
 * @param rates learning rates tried; the best on held-out training samples is used
 * @param epochs passes over the training samples
 * @param batch samples of a step
 * @param decay weight decay
 * @param heldOut the share of the training samples that chooses among the rates
 */
public record AttentiveConfig(List<Double> rates, int epochs, int batch, double decay, double heldOut) {
    /** Rates from 3e-4 to 0.1, 20 passes in batches of 128, chosen on a fifth. */
    public static final AttentiveConfig DEFAULT =
            new AttentiveConfig(List.of(3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1), 20, 128, 1e-2, 0.2);

    /** Checks the ranges. */
    public AttentiveConfig {
        rates = List.copyOf(rates);
        Check.setting(!rates.isEmpty(), "rates", "is empty; allowed: one or more numbers above 0");
        rates.forEach(rate -> Check.positive("rates", rate));
        Check.positive("epochs", epochs);
        Check.positive("batch", batch);
        Check.notNegative("decay", decay);
        Check.inRange("held_out", heldOut, 0.01, 0.9);
    }
}
