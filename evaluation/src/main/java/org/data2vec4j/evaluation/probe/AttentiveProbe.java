package org.data2vec4j.evaluation.probe;

import java.util.Arrays;
import java.util.Map;
import org.data2vec4j.core.Rng;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.train.optimizer.AdamW;
import org.data2vec4j.train.optimizer.AdamWConfig;

/**
 * A probe that may look for the tokens that tell the class: {@link AttentiveHead} on frozen tokens, trained by AdamW with a rate that
 * falls as a cosine. Several peak rates are tried on held-out training samples, and the best is then used on all of them; test samples
 * have no part in it. On samples of one token it is a linear probe trained by gradients. Tokens are standardised by the training
 * samples' tokens. The same seed gives the same result.
 */
public final class AttentiveProbe {
    private static final long HELD_OUT = 0x61747468656C64L;
    private static final long ORDER = 0x6174746F72646572L;
    private static final int FEWEST = 2;

    private final AttentiveConfig config;

    /** A probe with its settings. */
    public AttentiveProbe(AttentiveConfig config) {
        this.config = config;
    }

    /**
     * What came of it.
     *
     * @param score on the test samples
     * @param rate the learning rate that was chosen
     */
    public record Result(Score score, double rate) {}

    /**
     * Trains on some samples and classifies others.
     *
     * @throws UserException if fewer than two training samples have a class
     */
    public Result run(TokenFeatures train, TokenFeatures test, long seed) {
        try (Scope scope = Scope.open()) {
            TokenFeatures known = train.labelled();
            if (known.size() < FEWEST) {
                throw new UserException("an attentive probe needs " + FEWEST + " samples with a class or more, got "
                        + known.size() + " of " + train.size());
            }
            TokenStandard standard = TokenStandard.of(known);
            int classes = known.classes();
            double rate = config.rates().size() == 1 ? config.rates().get(0) : choose(known, standard, classes, seed);
            return new Result(score(known, test, standard, classes, rate, seed), rate);
        }
    }

    /** The rate with the best accuracy on held-out samples; of equals the smallest. */
    private double choose(TokenFeatures known, TokenStandard standard, int classes, long seed) {
        try (Scope scope = Scope.open()) {
            int[] order = Rng.of(seed, HELD_OUT).permutation(known.size());
            int held = (int) Math.max(1, Math.round(config.heldOut() * known.size()));
            TokenFeatures choosing = known.select(Arrays.copyOf(order, held));
            TokenFeatures fitting = known.select(Arrays.copyOfRange(order, held, order.length));
            double best = 0;
            int most = -1;
            for (double rate : config.rates().stream().sorted().toList()) {
                int correct =
                        score(fitting, choosing, standard, classes, rate, seed).correct();
                if (correct > most) {
                    most = correct;
                    best = rate;
                }
            }
            return best;
        }
    }

    private Score score(
            TokenFeatures train, TokenFeatures test, TokenStandard standard, int classes, double rate, long seed) {
        try (Scope scope = Scope.open()) {
            AttentiveHead head = new AttentiveHead(train.width(), classes);
            Weights weights = Weights.allocate(Device.CPU, Map.of("head", head));
            weights.initialise(seed);
            weights.trainable();
            AdamW optimiser = new AdamW(new AdamWConfig(rate, 0.9, 0.99, 1e-8, config.decay()), weights);
            int batches = (train.size() + config.batch() - 1) / config.batch();
            int steps = config.epochs() * batches;
            for (int epoch = 0, step = 0; epoch < config.epochs(); epoch++) {
                int[] order = Rng.of(seed, ORDER, epoch).permutation(train.size());
                for (int start = 0; start < order.length; start += config.batch()) {
                    int[] rows = Arrays.copyOfRange(order, start, Math.min(order.length, start + config.batch()));
                    double now = rate * 0.5 * (1 + Math.cos(Math.PI * step++ / steps));
                    step(head, train, rows, standard, classes);
                    optimiser.update(now, 1);
                    weights.gradients().zero_();
                }
            }
            return Score.of(predict(head, test, standard), test.labels());
        }
    }

    private static void step(AttentiveHead head, TokenFeatures train, int[] rows, TokenStandard standard, int classes) {
        try (Scope scope = Scope.open()) {
            TokenFeatures batch = train.select(rows);
            Tensor x_BTD = standard.apply(batch.tokens_NTD());
            Tensor logs_BC = F.logSoftmax(head.scores(x_BTD, batch.valid_NT()));
            float[] expected = new float[batch.size() * classes];
            for (int i = 0; i < batch.size(); i++) {
                expected[i * classes + batch.labels()[i]] = -1.0f / batch.size();
            }
            logs_BC.mul(Tensors.of(expected, batch.size(), classes)).sum().backward();
        }
    }

    private int[] predict(AttentiveHead head, TokenFeatures test, TokenStandard standard) {
        int[] predictions = new int[test.size()];
        for (int start = 0; start < predictions.length; start += config.batch()) {
            int begin = start;
            int rows = Math.min(config.batch(), predictions.length - start);
            try (Scope scope = Scope.open()) {
                long[] best = Grad.noGrad(() -> head.scores(
                                standard.apply(test.tokens_NTD().narrow(0, begin, rows)),
                                test.valid_NT().narrow(0, begin, rows))
                        .topK(1)
                        .indices()
                        .toLongs());
                for (int i = 0; i < rows; i++) {
                    predictions[start + i] = (int) best[i];
                }
            }
        }
        return predictions;
    }
}
