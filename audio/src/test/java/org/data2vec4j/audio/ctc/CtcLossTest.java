package org.data2vec4j.audio.ctc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.data2vec4j.core.Rng;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CtcLossTest {
    @ParameterizedTest
    @CsvSource({"1,2,0", "2,3,0", "4,3,2", "5,4,1", "6,3,0"})
    void everyLabellingHasTheProbabilityOfAllItsPaths(int frames, int symbols, int blank) {
        float[][] logs = BruteForce.emissions(Rng.of(frames, symbols), frames, symbols);
        Map<List<Integer>, Double> all = BruteForce.labellings(logs, blank);
        double sum = 0;
        for (Map.Entry<List<Integer>, Double> entry : all.entrySet()) {
            CtcLoss loss = CtcLoss.of(logs, BruteForce.array(entry.getKey()), blank);
            assertThat(Math.exp(-loss.loss())).isCloseTo(entry.getValue(), within(1e-12));
            for (double[] row : loss.occupancy()) {
                assertThat(Arrays.stream(row).sum()).isCloseTo(1, within(1e-12));
            }
            sum += Math.exp(-loss.loss());
        }
        assertThat(sum).isCloseTo(1, within(1e-6));
    }

    /** Float32 logits in steps of 1/64 keep the differences' own error small. */
    @Test
    void gradientsAreTheSlopesOfTheLoss() {
        Rng rng = Rng.of(7);
        float[][] logits = new float[6][4];
        for (float[] row : logits) {
            for (int v = 0; v < row.length; v++) {
                row[v] = rng.nextInt(128) / 64f;
            }
        }
        int[] letters = {1, 1, 3};
        float[][] logs = BruteForce.logSoftmax(logits);
        double[][] gradient = CtcLoss.of(logs, letters, 0).logitGradient(logs);
        float step = 1 / 64f;
        for (int t = 0; t < 6; t++) {
            for (int v = 0; v < 4; v++) {
                float kept = logits[t][v];
                logits[t][v] = kept + step;
                double above =
                        CtcLoss.of(BruteForce.logSoftmax(logits), letters, 0).loss();
                logits[t][v] = kept - step;
                double below =
                        CtcLoss.of(BruteForce.logSoftmax(logits), letters, 0).loss();
                logits[t][v] = kept;
                assertThat(gradient[t][v]).isCloseTo((above - below) / (2 * step), within(1e-4));
            }
        }
    }

    @Test
    void aLabellingThatDoesNotFitHasInfiniteLossAndNoGradient() {
        float[][] logs = BruteForce.emissions(Rng.of(3), 2, 3);
        CtcLoss loss = CtcLoss.of(logs, new int[] {1, 1}, 0); // needs a blank in between
        assertThat(loss.loss()).isInfinite().isPositive();
        assertThat(loss.logitGradient(logs)).isDeepEqualTo(new double[2][3]);
        assertThat(loss.occupancy()).isDeepEqualTo(new double[2][3]);
    }

    @Test
    void aLongUtteranceDoesNotUnderflow() {
        float[][] logs = BruteForce.emissions(Rng.of(4), 3000, 3);
        CtcLoss loss = CtcLoss.of(logs, new int[] {1, 2, 1}, 0);
        assertThat(loss.loss()).isFinite().isGreaterThan(1000);
        assertThat(loss.occupancy()[1500][0]).isBetween(0.0, 1.0);
    }

    @Test
    void badInputIsNamed() {
        float[][] logs = BruteForce.emissions(Rng.of(5), 2, 3);
        assertThatThrownBy(() -> CtcLoss.of(logs, new int[] {0}, 0)).hasMessageContaining("letter 0");
        assertThatThrownBy(() -> CtcLoss.of(logs, new int[] {3}, 0)).hasMessageContaining("letter 3");
        assertThatThrownBy(() -> CtcLoss.of(new float[0][], new int[0], 0)).hasMessageContaining("no frames");
        assertThatThrownBy(() -> CtcLoss.of(new float[][] {{-1, 2}}, new int[0], 0))
                .hasMessageContaining("frame 0, symbol 1")
                .hasMessageContaining("log-softmax");
        assertThatThrownBy(() -> CtcLoss.of(new float[][] {{-1, Float.NaN}}, new int[0], 0))
                .hasMessageContaining("NaN");
    }
}
