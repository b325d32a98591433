package org.data2vec4j.train.optimizer;

import org.data2vec4j.core.Check;

/**
 * Adam with decoupled weight decay.
 *
 * @param learningRate peak rate, which the schedule scales
 * @param beta1 memory of the gradients' mean
 * @param beta2 memory of their squares
 * @param epsilon added to the root of the squares
 * @param weightDecay pull towards zero per unit of rate; never on norms, biases and extra tokens
 */
public record AdamWConfig(double learningRate, double beta1, double beta2, double epsilon, double weightDecay) {
    /** Checks the ranges. */
    public AdamWConfig {
        Check.positive("learning_rate", learningRate);
        Check.inRange("beta1", beta1, 0, 0.9999999);
        Check.inRange("beta2", beta2, 0, 0.9999999);
        Check.positive("epsilon", epsilon);
        Check.notNegative("weight_decay", weightDecay);
    }

    /** The published image settings: 1e-3, 0.9, 0.95, decay 0.05. */
    public static AdamWConfig defaults() {
        return new AdamWConfig(1e-3, 0.9, 0.95, 1e-8, 0.05);
    }
}
