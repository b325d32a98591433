package org.data2vec4j.evaluation.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.data2vec4j.core.Rng;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Native;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensors;
import org.junit.jupiter.api.Test;

class AttentiveProbeTest {
    private static final int T = 12;
    private static final int D = 6;

    /**
     * Tokens of noise; in one of each sample, which its last feature marks, the second-last feature's sign is the class. The mean over
     * tokens drowns it.
     */
    private static TokenFeatures marked(int n, long seed) {
        float[] values = new float[n * T * D];
        float[] valid = new float[n * T];
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            Rng rng = Rng.of(seed, i);
            labels[i] = rng.nextInt(2);
            int length = 6 + rng.nextInt(T - 5);
            int marked = rng.nextInt(length);
            for (int t = 0; t < length; t++) {
                valid[i * T + t] = 1;
                for (int d = 0; d < D; d++) {
                    values[(i * T + t) * D + d] = (float) rng.nextGaussian();
                }
                int end = (i * T + t + 1) * D;
                values[end - 1] = t == marked ? 4 : 0;
                values[end - 2] = t == marked ? 2 * labels[i] - 1 : values[end - 2];
            }
        }
        return new TokenFeatures(
                Tensors.of(values, n, T, D),
                Tensors.of(valid, n, T),
                labels,
                LongStream.range(0, n).toArray());
    }

    private static Features mean(TokenFeatures tokens) {
        return new Features(
                tokens.tokens_NTD().sum(false, 1).div(tokens.valid_NT().sum(true, 1)), tokens.labels(), tokens.ids());
    }

    @Test
    void findsTheTokenThatTells() {
        try (Scope scope = Scope.open()) {
            TokenFeatures train = marked(320, 1);
            TokenFeatures test = marked(300, 2);
            double ridge = new RidgeProbe(RidgeConfig.DEFAULT)
                    .fit(mean(train))
                    .score(mean(test))
                    .percent();
            AttentiveConfig config = new AttentiveConfig(List.of(1e-4, 0.1), 12, 64, 0, 0.2);
            AttentiveProbe probe = new AttentiveProbe(config);
            AttentiveProbe.Result result = probe.run(train, test, 0);
            assertThat(ridge).isLessThan(80);
            assertThat(result.score().percent()).isGreaterThan(85).isGreaterThan(ridge + 10);
            assertThat(result.rate()).isEqualTo(0.1);
        }
    }

    /** Of one token for each sample it is a linear classifier, as ridge regression is. */
    @Test
    void isALinearProbeOnSingleTokens() {
        try (Scope scope = Scope.open()) {
            Features train = clusters(320, 1);
            Features test = clusters(300, 2);
            double ridge =
                    new RidgeProbe(RidgeConfig.DEFAULT).fit(train).score(test).percent();
            double trained = new AttentiveProbe(new AttentiveConfig(List.of(5e-2), 15, 64, 0, 0.2))
                    .run(TokenFeatures.single(train), TokenFeatures.single(test), 0)
                    .score()
                    .percent();
            assertThat(trained).isCloseTo(ridge, within(6.0));
        }
    }

    private static Features clusters(int n, long seed) {
        float[] values = new float[n * 8];
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            Rng rng = Rng.of(seed, i);
            labels[i] = rng.nextInt(5);
            Rng centre = Rng.of(77, labels[i]);
            for (int d = 0; d < 8; d++) {
                values[i * 8 + d] = (float) (1.2 * centre.nextGaussian() + rng.nextGaussian());
            }
        }
        return new Features(
                Tensors.of(values, n, 8), labels, LongStream.range(0, n).toArray());
    }

    /** The head's formula in plain loops. */
    @Test
    void scoresAsWrittenOut() {
        try (Scope scope = Scope.open()) {
            AttentiveHead head = new AttentiveHead(2, 2);
            Weights weights = Weights.allocate(Device.CPU, Map.of("head", head));
            weights.parameter("head.query").value().copy_(new float[] {1, -2});
            weights.parameter("head.weight").value().copy_(new float[] {1, 2, 3, 4});
            weights.parameter("head.bias").value().copy_(new float[] {0.5f, -0.5f});
            float[] tokens = {1, 0, 0, 1, 9, 9};
            float[] scores = head.scores(Tensors.of(tokens, 1, 3, 2), Tensors.of(new float[] {1, 1, 0}, 1, 3))
                    .toFloats();
            double first = 1 / (1 + Math.exp(-3 / Math.sqrt(2)));
            assertThat(scores[0]).isCloseTo((float) (first + 3 * (1 - first) + 0.5), within(1e-5f));
            assertThat(scores[1]).isCloseTo((float) (2 * first + 4 * (1 - first) - 0.5), within(1e-5f));
        }
    }

    @Test
    void standardisesByTokensThatAreThere() {
        try (Scope scope = Scope.open()) {
            TokenFeatures tokens = new TokenFeatures(
                    Tensors.of(new float[] {1, 5, 3, 5, 0, 0, 5, 5}, 2, 2, 2),
                    Tensors.of(new float[] {1, 1, 0, 1}, 2, 2),
                    new int[] {0, 1},
                    new long[] {0, 1});
            float[] standard =
                    TokenStandard.of(tokens).apply(tokens.tokens_NTD()).toFloats();
            double deviation = Math.sqrt(8.0 / 3);
            assertThat(standard[0]).isCloseTo((float) (-2 / deviation), within(1e-5f));
            assertThat(standard[6]).isCloseTo((float) (2 / deviation), within(1e-5f));
            assertThat(standard[1]).isZero(); // does not vary
        }
    }

    @Test
    void leavesNothingBehindAndNeedsLabels() {
        try (Scope scope = Scope.open()) {
            TokenFeatures train = marked(40, 1);
            AttentiveProbe probe = new AttentiveProbe(new AttentiveConfig(List.of(1e-2), 2, 16, 0, 0.2));
            AttentiveProbe.Result first = probe.run(train, train, 0);
            long before = Native.livePointers();
            assertThat(probe.run(train, train, 0)).isEqualTo(first);
            assertThat(Native.livePointers()).isLessThanOrEqualTo(before);
            int[] unknown = new int[40];
            Arrays.fill(unknown, -1);
            TokenFeatures unlabelled = new TokenFeatures(train.tokens_NTD(), train.valid_NT(), unknown, train.ids());
            assertThatThrownBy(() -> probe.run(unlabelled, train, 0)).hasMessageContaining("got 0 of 40");
        }
        assertThatThrownBy(() -> new AttentiveConfig(List.of(), 1, 1, 0, 0.2)).hasMessageContaining("rates");
        assertThatThrownBy(() -> new AttentiveConfig(List.of(-1.0), 1, 1, 0, 0.2))
                .hasMessageContaining("rates");
        assertThatThrownBy(() -> new AttentiveConfig(List.of(1.0), 0, 1, 0, 0.2))
                .hasMessageContaining("epochs");
    }
}
