package org.data2vec4j.evaluation.probe;

import java.util.List;
import org.data2vec4j.core.Check;

/**
 * The linear probe.
 *
 * @param lambdas the penalties tried, each times the number of samples is added to the diagonal of XᵀX
 * @param heldOut the share of the training samples that chooses among them
 * @param seed of that share's choice
 */
public record RidgeConfig(List<Double> lambdas, double heldOut, long seed) {
    /** Powers of ten from 1e-5 to 1e2, chosen on a fifth of the samples. */
    public static final RidgeConfig DEFAULT =
            new RidgeConfig(List.of(1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1.0, 10.0, 100.0), 0.2, 0);

    /** Needs positive penalties, at least one, and a share from 0.01 to 0.9. */
    public RidgeConfig {
        lambdas = List.copyOf(lambdas);
        Check.setting(!lambdas.isEmpty(), "lambdas", "is empty; allowed: one or more numbers above 0");
        lambdas.forEach(lambda -> Check.positive("lambdas", lambda));
        Check.inRange("held_out", heldOut, 0.01, 0.9);
    }
}
