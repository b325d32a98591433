package org.data2vec4j.evaluation.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.data2vec4j.core.Rng;
import org.junit.jupiter.api.Test;

class ClassificationTest {
    private static final int[] LABELS = {1, 1, 0, 0, 0};
    private static final int[] PREDICTIONS = {1, 0, 0, 0, 0}; // one hit, one miss, three true rejections

    @Test
    void scoresAreAsComputedByHand() {
        assertThat(Classification.accuracy(PREDICTIONS, LABELS)).isEqualTo(0.8);
        assertThat(Classification.matthews(PREDICTIONS, LABELS)).isCloseTo(3 / Math.sqrt(24), within(1e-12));
        assertThat(Classification.binaryF1(PREDICTIONS, LABELS)).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(Classification.macroF1(PREDICTIONS, LABELS)).isCloseTo((2 / 3.0 + 6 / 7.0) / 2, within(1e-12));
        assertThat(Classification.macroF1(new int[] {0, 2, 2}, new int[] {0, 2, 4}))
                .isCloseTo((1 + 2 / 3.0 + 0) / 3, within(1e-12)); // classes 1 and 3 are nowhere
    }

    @Test
    void matthewsIsPearsonsCorrelationOfTwoClasses() {
        Rng rng = Rng.of(61);
        for (int i = 0; i < 50; i++) {
            int[] a = rng.permutation(20);
            int[] b = rng.permutation(20);
            int cut = 1 + rng.nextInt(18);
            for (int j = 0; j < 20; j++) {
                a[j] = a[j] < cut ? 1 : 0;
                b[j] = b[j] < 9 ? 1 : 0;
            }
            double pearson = Correlation.pearson(
                    Arrays.stream(a).asDoubleStream().toArray(),
                    Arrays.stream(b).asDoubleStream().toArray());
            assertThat(Classification.matthews(a, b)).isCloseTo(pearson, within(1e-12));
        }
    }

    @Test
    void matthewsOfThreeClassesIsAsComputedByHand() {
        // right 3 of 5; predicted 2, 2, 1; true 2, 1, 2: (15 − 8) / √((25 − 9)(25 − 9))
        assertThat(Classification.matthews(new int[] {0, 0, 1, 1, 2}, new int[] {0, 0, 1, 2, 2}))
                .isCloseTo((4 * 5 - 8) / 16.0, within(1e-12));
    }

    @Test
    void oneClassOnlyScoresZeroWhereUndefined() {
        int[] ones = {1, 1, 1};
        int[] zeros = {0, 0, 0};
        assertThat(Classification.matthews(ones, new int[] {0, 1, 1})).isZero();
        assertThat(Classification.matthews(ones, ones)).isZero();
        assertThat(Classification.binaryF1(zeros, zeros)).isZero();
        assertThat(Classification.binaryF1(ones, zeros)).isZero();
        assertThat(Classification.accuracy(new int[0], new int[0])).isNaN();
        assertThat(Classification.macroF1(new int[0], new int[0])).isNaN();
    }

    @Test
    void badRowsAreErrors() {
        assertThatThrownBy(() -> Classification.accuracy(new int[2], new int[3]))
                .hasMessageContaining("2 predictions for 3 labels");
        assertThatThrownBy(() -> Classification.matthews(new int[] {0}, new int[] {-1}))
                .hasMessageContaining("below 0 at sample 0");
    }

    @Test
    void predictionsThatNeverChangeAreTold() {
        assertThat(PredictionSpread.of(new int[] {1, 1, 1})).isEqualTo(new PredictionSpread(3, 1, 1));
        assertThat(PredictionSpread.of(new int[] {1, 1, 1}).degenerate()).isTrue();
        assertThat(PredictionSpread.of(new int[] {1, 0, 1, 1})).isEqualTo(new PredictionSpread(4, 2, 0.75));
        assertThat(PredictionSpread.of(new int[] {1, 0, 1, 1}).degenerate()).isFalse();
        assertThat(PredictionSpread.of(new int[] {1}).degenerate()).isFalse();
        assertThat(PredictionSpread.of(new double[] {Double.NaN, Double.NaN}).degenerate())
                .isTrue();
        assertThat(PredictionSpread.of(new double[] {0.1, 0.2}).degenerate()).isFalse();
        assertThat(PredictionSpread.of(new int[0]).largestShare()).isNaN();
    }
}
