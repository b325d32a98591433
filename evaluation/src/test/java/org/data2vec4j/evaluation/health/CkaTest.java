package org.data2vec4j.evaluation.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.data2vec4j.core.Rng;
import org.data2vec4j.model.method.FeatureDiagnostics;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.junit.jupiter.api.Test;

class CkaTest {
    private static Tensor normal(int n, int width, long seed) {
        float[] values = new float[n * width];
        Rng rng = Rng.of(seed);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) rng.nextGaussian();
        }
        return Tensors.of(values, n, width);
    }

    /** x = (−1, 0, 1) and y = (1, −2, 1): centred, and orthogonal; with z = x + y the product is ‖x‖²/(‖x‖·‖z‖) squared. */
    @Test
    void plainByHand() {
        try (Scope scope = Scope.open()) {
            Tensor x = Tensors.of(new float[] {-1, 0, 1}, 3, 1);
            Tensor y = Tensors.of(new float[] {11, 8, 11}, 3, 1);
            Tensor z = Tensors.of(new float[] {0, -2, 2}, 3, 1);
            assertThat(Cka.plain(x, y)).isCloseTo(0, within(1e-12));
            assertThat(Cka.plain(x, z)).isCloseTo(2.0 * 2 / (2 * 8), within(1e-12));
        }
    }

    /** The estimate of Song et al. written out, beside the centred kernels' inner product. */
    @Test
    void debiasedIsTheUnbiasedEstimateWrittenOut() {
        int n = 9;
        try (Scope scope = Scope.open()) {
            Tensor x = normal(n, 3, 1);
            Tensor y = normal(n, 5, 2);
            double expected = hsic(kernel(x, n), kernel(y, n))
                    / Math.sqrt(hsic(kernel(x, n), kernel(x, n)) * hsic(kernel(y, n), kernel(y, n)));
            assertThat(Cka.debiased(x, y)).isCloseTo(expected, within(1e-6));
        }
    }

    private static double[][] kernel(Tensor x, int n) {
        float[] values = x.toFloats();
        int width = values.length / n;
        double[][] kernel = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int d = 0; d < width && i != j; d++) {
                    kernel[i][j] += (double) values[i * width + d] * values[j * width + d];
                }
            }
        }
        return kernel;
    }

    private static double hsic(double[][] k, double[][] l) {
        int n = k.length;
        double trace = 0;
        double sums = 0;
        double sumK = 0;
        double sumL = 0;
        for (int i = 0; i < n; i++) {
            double rowK = 0;
            double rowL = 0;
            for (int j = 0; j < n; j++) {
                trace += k[i][j] * l[j][i];
                rowK += k[i][j];
                rowL += l[i][j];
            }
            sums += rowK * rowL;
            sumK += rowK;
            sumL += rowL;
        }
        return (trace + sumK * sumL / ((n - 1.0) * (n - 2)) - 2 * sums / (n - 2)) / (n * (n - 3.0));
    }

    @Test
    void ignoresRotationAndScaleAndIsNotFooledByWidth() {
        try (Scope scope = Scope.open()) {
            Tensor x = normal(40, 60, 5);
            Tensor wider = normal(40, 300, 6);
            // Swapping columns and turning signs is a rotation or reflection.
            float[] values = x.toFloats();
            float[] turned = new float[values.length];
            for (int i = 0; i < 40; i++) {
                for (int d = 0; d < 60; d++) {
                    turned[i * 60 + d] = 7 * -values[i * 60 + 59 - d];
                }
            }
            double[][] cka = Cka.matrix(List.of(x, Tensors.of(turned, 40, 60), wider));
            assertThat(cka[0][0]).isCloseTo(1, within(1e-9));
            assertThat(cka[0][1]).isCloseTo(1, within(1e-5));
            assertThat(cka[0][2]).isEqualTo(cka[2][0]).isBetween(-0.2, 0.2);
            assertThat(Cka.plain(x, wider)).isGreaterThan(0.5);
        }
    }

    @Test
    void refusesOtherSamplesAndTooFew() {
        try (Scope scope = Scope.open()) {
            assertThatThrownBy(() -> Cka.matrix(List.of(normal(5, 2, 1), normal(6, 2, 1))))
                    .hasMessageContaining("6 samples beside 5");
            assertThatThrownBy(() -> Cka.debiased(normal(3, 2, 1), normal(3, 2, 1)))
                    .hasMessageContaining("4 or more");
        }
    }

    /** Two directions of equal variance count as two, three of which one has half the variance as exp(entropy). */
    @Test
    void effectiveRankByHand() {
        try (Scope scope = Scope.open()) {
            Tensor square = Tensors.of(new float[] {1, 0, -1, 0, 0, 1, 0, -1}, 4, 2);
            assertThat(FeatureDiagnostics.effectiveRank(square)).isCloseTo(2, within(1e-6));
            Tensor three = Tensors.of(
                    new float[] {
                        2, 0, 0, -2, 0, 0, 0, 2, 0, 0, -2, 0, 0, 0, (float) Math.sqrt(8), 0, 0, (float) -Math.sqrt(8)
                    },
                    6,
                    3);
            double expected = Math.exp(-(2 * 0.25 * Math.log(0.25) + 0.5 * Math.log(0.5)));
            assertThat(FeatureDiagnostics.effectiveRank(three)).isCloseTo(expected, within(1e-5));
        }
    }
}
