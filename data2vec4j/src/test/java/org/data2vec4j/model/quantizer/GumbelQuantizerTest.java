package org.data2vec4j.model.quantizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.InScope;
import org.data2vec4j.model.Tiny;
import org.data2vec4j.model.mask.Compat;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.mask.MaskBatch;
import org.data2vec4j.model.mask.RandomMask;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.tensor.Autocast;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.tensor.distributed.BatchStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InScope.class)
class GumbelQuantizerTest {
    private static final int GROUPS = 2;
    private static final int ENTRIES = 3;
    private static final int INPUTS = 5;
    private static final QuantizerConfig CONFIG =
            new QuantizerConfig(GROUPS, ENTRIES, 8, new TemperatureConfig(2, 0.5, 0.5));
    private static final int N = 7;

    private final GumbelQuantizer quantiser = new GumbelQuantizer(CONFIG, INPUTS);

    private static GumbelNoise noise(long seed, double temperature) {
        return new GumbelNoise(Tiny.values(N * CONFIG.codes(), seed), temperature);
    }

    @Test
    void theChosenWordsStandSideBySide() {
        Weights weights = Tiny.placed(quantiser);
        Tensor x = Tiny.normal(1, N, INPUTS);
        for (GumbelNoise noise : new GumbelNoise[] {null, noise(2, 0.7)}) {
            Quantized quantised = quantiser.forward(x, noise);
            float[] codes = weights.parameter("m.codes").value().toFloats();
            float[] scores = quantised.scores_NGV().toFloats();
            assertThat(Tiny.shape(quantised.vectors_ND())).containsExactly((long) N, 8L);
            float[] vectors = quantised.vectors_ND().toFloats();
            long[] chosen = quantised.chosen_NG().toLongs();
            for (int i = 0; i < N * GROUPS; i++) {
                int best = 0;
                for (int v = 0; v < ENTRIES; v++) {
                    best = score(scores, noise, i, v) > score(scores, noise, i, best) ? v : best;
                }
                assertThat(chosen[i]).isEqualTo(best);
                int word = (i % GROUPS * ENTRIES + best) * 4;
                for (int d = 0; d < 4; d++) {
                    assertThat(vectors[i * 4 + d]).isCloseTo(codes[word + d], within(1e-6f));
                }
            }
        }
    }

    private static double score(float[] scores, GumbelNoise noise, int i, int v) {
        return scores[i * ENTRIES + v] + (noise == null ? 0 : noise.values()[i * ENTRIES + v]);
    }

    @Test
    void theScoresGetTheSoftChoicesGradient() {
        Weights weights = Tiny.placed(quantiser);
        weights.trainable();
        Tensor x = Tiny.normal(1, N, INPUTS);
        Tensor upstream = Tiny.normal(3, N, 8);
        GumbelNoise noise = noise(2, 0.7);
        Quantized quantised = quantiser.forward(x, noise);
        quantised.vectors_ND().mul(upstream).sum().backward();
        float[] hard = weights.parameter("m.scores.bias").value().grad().toFloats();

        weights.gradients().zero_();
        Tensor noisy = F.linear(
                        x,
                        weights.parameter("m.scores.weight").value(),
                        weights.parameter("m.scores.bias").value())
                .view(N, GROUPS, ENTRIES)
                .add(Tensors.of(noise.values(), N, GROUPS, ENTRIES));
        Tensor soft = noisy.mul(1 / 0.7).softmax(-1);
        Tensor words = weights.parameter("m.codes").value().detach().view(GROUPS, ENTRIES, 4);
        soft.transpose(0, 1)
                .matmul(words)
                .transpose(0, 1)
                .reshape(N, 8)
                .mul(upstream)
                .sum()
                .backward();
        assertThat(hard)
                .containsExactly(
                        weights.parameter("m.scores.bias").value().grad().toFloats(), within(1e-5f));
    }

    @Test
    void withoutNoiseNoGradientReachesTheScores() {
        Weights weights = Tiny.placed(quantiser);
        weights.trainable();
        quantiser.forward(Tiny.normal(1, N, INPUTS), null).vectors_ND().sum().backward();
        assertThat(weights.parameter("m.scores.weight").value().grad().norm().item())
                .isZero();
        assertThat(weights.parameter("m.codes").value().grad().norm().item()).isPositive();
    }

    @Test
    void perplexitiesAreWhatLoopsSay() {
        Tiny.placed(quantiser);
        Quantized quantised = quantiser.forward(Tiny.normal(1, N, INPUTS), noise(4, 1));
        float[] scores = quantised.scores_NGV().toFloats();
        double soft = 0;
        double hard = 0;
        for (int g = 0; g < GROUPS; g++) {
            double[] mean = new double[ENTRIES];
            double[] used = new double[ENTRIES];
            for (int n = 0; n < N; n++) {
                double sum = 0;
                int best = 0;
                for (int v = 0; v < ENTRIES; v++) {
                    sum += Math.exp(scores[(n * GROUPS + g) * ENTRIES + v]);
                    best = scores[(n * GROUPS + g) * ENTRIES + v] > scores[(n * GROUPS + g) * ENTRIES + best]
                            ? v
                            : best;
                }
                for (int v = 0; v < ENTRIES; v++) {
                    mean[v] += Math.exp(scores[(n * GROUPS + g) * ENTRIES + v]) / sum / N;
                }
                used[best] += 1.0 / N;
            }
            soft += Math.exp(entropy(mean));
            hard += Math.exp(entropy(used));
        }
        assertThat(quantised.probabilityPerplexity(BatchStatistics.single()).item())
                .isCloseTo(soft, within(1e-4));
        assertThat(quantised.codePerplexity(BatchStatistics.single())).isCloseTo(hard, within(1e-6));
    }

    private static double entropy(double[] shares) {
        double entropy = 0;
        for (double share : shares) {
            entropy -= share == 0 ? 0 : share * Math.log(share);
        }
        return entropy;
    }

    @Test
    void noiseBelongsToASampleAndAnUpdate() {
        long[] ids = {4, 9, 2};
        MaskBatch all = masks(ids, 12, 5, 9);
        MaskBatch alone = masks(new long[] {9}, 5);
        float[] together = GumbelNoise.draw(CONFIG, all, 1, 7, ids, 0).values();
        float[] single =
                GumbelNoise.draw(CONFIG, alone, 1, 7, new long[] {9}, 0).values();
        int start = all.masked(0) * CONFIG.codes();
        assertThat(Arrays.copyOfRange(together, start, start + single.length)).containsExactly(single);
        assertThat(GumbelNoise.draw(CONFIG, alone, 1, 8, new long[] {9}, 0).values())
                .isNotEqualTo(single);
        assertThat(GumbelNoise.draw(CONFIG, alone, 1, 7, new long[] {9}, 1).values())
                .isNotEqualTo(single);
        assertThat(GumbelNoise.draw(CONFIG, alone, 2, 7, new long[] {9}, 0).values())
                .isNotEqualTo(single);
    }

    private static MaskBatch masks(long[] ids, int... lengths) {
        int longest = Arrays.stream(lengths).max().orElseThrow();
        return MaskBatch.draw(new RandomMask(0.5), Layout.padded(longest, lengths, Compat.NONE), 3, 0, ids, 1);
    }

    @Test
    void noiseHasTheMomentsOfGumbelsLaw() {
        MaskBatch masks = masks(new long[] {1}, 8000);
        float[] values =
                GumbelNoise.draw(CONFIG, masks, 1, 0, new long[] {1}, 0).values();
        double mean = 0;
        for (float value : values) {
            mean += value / (double) values.length;
        }
        double variance = 0;
        for (float value : values) {
            variance += (value - mean) * (value - mean) / values.length;
        }
        assertThat(mean).isCloseTo(0.5772, within(0.03));
        assertThat(variance).isCloseTo(Math.PI * Math.PI / 6, within(0.06));
    }

    @Test
    void temperatureFallsToItsEnd() {
        assertThat(CONFIG.temperature().at(0)).isEqualTo(2);
        assertThat(CONFIG.temperature().at(1)).isEqualTo(1);
        assertThat(CONFIG.temperature().at(2)).isEqualTo(0.5);
        assertThat(CONFIG.temperature().at(50)).isEqualTo(0.5);
        long[] ids = {1};
        assertThat(GumbelNoise.draw(CONFIG, masks(ids, 6), 1, 1, ids, 0).temperature())
                .isEqualTo(1);
    }

    @Test
    void inBfloat16TheWordsAreThoseOfTheCodebook() {
        Tiny.placed(quantiser);
        Tensor x = Tiny.normal(1, N, INPUTS);
        Quantized full = quantiser.forward(x, null);
        Quantized half = Autocast.with(DType.BF16, () -> quantiser.forward(x, null));
        assertThat(half.vectors_ND().type()).isEqualTo(DType.F32);
        assertThat(half.scores_NGV().toFloats())
                .containsExactly(full.scores_NGV().toFloats(), within(0.05f));
    }

    @Test
    void wrongSettingsAreRefused() {
        TemperatureConfig ok = TemperatureConfig.defaults();
        assertThatThrownBy(() -> new QuantizerConfig(3, 4, 8, ok))
                .isInstanceOf(UserException.class)
                .hasMessage("groups is 3 but width is 8; groups must divide width");
        assertThatThrownBy(() -> new QuantizerConfig(0, 4, 8, ok)).hasMessageContaining("groups is 0");
        assertThatThrownBy(() -> new QuantizerConfig(2, 1, 8, ok)).hasMessageContaining("entries is 1");
        assertThatThrownBy(() -> new TemperatureConfig(0, 0.5, 1)).hasMessageContaining("start is 0");
        assertThatThrownBy(() -> new TemperatureConfig(1, 2, 1)).hasMessageContaining("end is 2");
        assertThatThrownBy(() -> new TemperatureConfig(2, 0.5, 1.5)).hasMessageContaining("decay is 1.5");
    }
}
