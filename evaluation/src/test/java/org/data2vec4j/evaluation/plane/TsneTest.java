package org.data2vec4j.evaluation.plane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.data2vec4j.core.Rng;
import org.junit.jupiter.api.Test;

class TsneTest {
    private static double[][] normal(int n, int width, long seed) {
        double[][] x = new double[n][width];
        for (int i = 0; i < n; i++) {
            Rng rng = Rng.of(seed, i);
            Arrays.setAll(x[i], d -> rng.nextGaussian());
        }
        return x;
    }

    /** Points along (3, 4) with a little across: the first component is the length along it. */
    @Test
    void principalComponentsOfALine() {
        double[][] x = {{-6 - 0.04, -8 + 0.03}, {0, 0}, {6 + 0.04, 8 - 0.03}, {0, 0}};
        double[][] places = Principal.project(x, 2, 1);
        assertThat(places[2][0]).isCloseTo(10, within(1e-3));
        assertThat(places[0][0]).isCloseTo(-10, within(1e-3));
        assertThat(places[2][1]).isCloseTo(0, within(1e-6));
        assertThat(Principal.project(x, 2, 99)[2]).containsExactly(places[2], within(1e-6));
    }

    @Test
    void everyRowHasThePerplexityAskedFor() {
        double[][] distances = Tsne.squaredDistances(normal(50, 4, 2));
        for (int i = 0; i < 50; i += 7) {
            double[] row = Tsne.conditional(distances[i], i, Math.log(12));
            double entropy = 0;
            for (double p : row) {
                entropy -= p > 0 ? p * Math.log(p) : 0;
            }
            assertThat(Math.exp(entropy)).isCloseTo(12, within(1e-6));
            assertThat(row[i]).isZero();
        }
        double total = Arrays.stream(Tsne.joint(distances, 12))
                .flatMapToDouble(Arrays::stream)
                .sum();
        assertThat(total).isCloseTo(1, within(1e-9));
    }

    /** The gradient of Kullback and Leibler's divergence, by differences. */
    @Test
    void theGradientIsTheDivergences() {
        double[][] p = Tsne.joint(Tsne.squaredDistances(normal(12, 3, 3)), 3);
        double[][] y = normal(12, 2, 4);
        double[][] gradient = Tsne.gradient(p, y, 1);
        double step = 1e-5;
        for (int i = 0; i < 12; i += 5) {
            for (int k = 0; k < 2; k++) {
                double at = y[i][k];
                y[i][k] = at + step;
                double above = divergence(p, y);
                y[i][k] = at - step;
                double below = divergence(p, y);
                y[i][k] = at;
                assertThat(gradient[i][k]).isCloseTo((above - below) / (2 * step), within(1e-6));
            }
        }
    }

    private static double divergence(double[][] p, double[][] y) {
        double total = 0;
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < y.length; j++) {
                total += i == j ? 0 : kernel(y, i, j);
            }
        }
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < y.length; j++) {
                sum += i == j ? 0 : p[i][j] * Math.log(p[i][j] / (kernel(y, i, j) / total));
            }
        }
        return sum;
    }

    private static double kernel(double[][] y, int i, int j) {
        double dx = y[i][0] - y[j][0];
        double dy = y[i][1] - y[j][1];
        return 1 / (1 + dx * dx + dy * dy);
    }

    @Test
    void keepsGroupsApartAndIsTheSameEveryTime() {
        double[][] x = normal(90, 10, 5);
        for (int i = 0; i < 90; i++) {
            x[i][i % 3] += 12;
        }
        double[][] y = Tsne.embed(x, 15, 0);
        int right = 0;
        for (int i = 0; i < 90; i++) {
            int nearest = -1;
            for (int j = 0; j < 90; j++) {
                boolean nearer = nearest < 0 || kernel(y, i, j) > kernel(y, i, nearest);
                nearest = j != i && nearer ? j : nearest;
            }
            right += nearest % 3 == i % 3 ? 1 : 0;
        }
        assertThat(right).isEqualTo(90);
        assertThat(Tsne.embed(x, 15, 0)).isEqualTo(y);
    }

    @Test
    void equalRowsAndFewRows() {
        double[][] y = Tsne.embed(new double[][] {{1, 1}, {1, 1}, {2, 2}}, 30, 0);
        assertThat(Arrays.stream(y).flatMapToDouble(Arrays::stream)).allMatch(Double::isFinite);
        assertThatThrownBy(() -> Tsne.embed(new double[2][2], 5, 0)).hasMessageContaining("t-SNE rows is 2");
        assertThatThrownBy(() -> Tsne.embed(new double[1001][1], 5, 0)).hasMessageContaining("3 to 1000");
    }
}
