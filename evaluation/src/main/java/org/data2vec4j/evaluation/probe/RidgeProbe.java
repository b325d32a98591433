package org.data2vec4j.evaluation.probe;

import java.util.Arrays;
import org.data2vec4j.core.Rng;
import org.data2vec4j.core.UserException;
import org.data2vec4j.tensor.Scope;

/**
 * The linear probe: ridge regression from standardised frozen features to one-hot classes, solved in closed form in double
 * precision, so that it has no learning rate to tune and one result. The penalty is the one that does best on held-out training
 * samples; the fit is then made again on all of them.
 */
public final class RidgeProbe {
    private static final long HELD_OUT = 0x70726F6265L;
    private static final int FEWEST = 2;

    private final RidgeConfig config;

    /** A probe with its settings. */
    public RidgeProbe(RidgeConfig config) {
        this.config = config;
    }

    /**
     * Fits the samples whose class is known; test samples have no part in it.
     *
     * @throws UserException if fewer than two have a class
     */
    public LinearClassifier fit(Features train) {
        try (Scope scope = Scope.open()) {
            Features known = train.labelled();
            if (known.size() < FEWEST) {
                throw new UserException("a linear probe needs " + FEWEST + " samples with a class or more, got "
                        + known.size() + " of " + train.size());
            }
            Standardization standard = Standardization.of(known.features_ND());
            double lambda = config.lambdas().size() == 1 ? config.lambdas().get(0) : choose(known, standard);
            return fit(known, standard, lambda);
        }
    }

    private static LinearClassifier fit(Features known, Standardization standard, double lambda) {
        try (Scope scope = Scope.open()) {
            RidgeSystem system = RidgeSystem.of(known, standard, known.classes());
            return new LinearClassifier(standard, system.solve(lambda), lambda);
        }
    }

    /** The penalty with the best accuracy on held-out samples; of equals the largest. */
    private double choose(Features known, Standardization standard) {
        try (Scope scope = Scope.open()) {
            int[] order = Rng.of(config.seed(), HELD_OUT).permutation(known.size());
            int held = (int) Math.max(1, Math.round(config.heldOut() * known.size()));
            Features choosing = known.select(Arrays.copyOf(order, held));
            Features fitting = known.select(Arrays.copyOfRange(order, held, order.length));
            RidgeSystem system = RidgeSystem.of(fitting, standard, known.classes());
            double best = 0;
            int most = -1;
            for (double lambda : config.lambdas().stream().sorted().toList()) {
                int correct = correct(system, lambda, standard, choosing);
                if (correct >= most) {
                    most = correct;
                    best = lambda;
                }
            }
            return best;
        }
    }

    private static int correct(RidgeSystem system, double lambda, Standardization standard, Features samples) {
        try (Scope scope = Scope.open()) {
            return new LinearClassifier(standard, system.solve(lambda), lambda)
                    .score(samples)
                    .correct();
        }
    }
}
