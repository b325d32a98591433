package org.data2vec4j.evaluation.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.data2vec4j.core.Rng;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.junit.jupiter.api.Test;

class SphereTest {
    private static final float[] CROSS = {3, 0, 0, 2, -1, 0, 0, -7};

    /** Of the four directions of a cross, each has two at a squared distance of 2 and one at 4. */
    @Test
    void uniformityOfACross() {
        try (Scope scope = Scope.open()) {
            double expected = Math.log((8 * Math.exp(-4) + 4 * Math.exp(-8)) / 12);
            assertThat(Sphere.uniformity(Tensors.of(CROSS, 4, 2))).isCloseTo(expected, within(1e-12));
            assertThat(Sphere.uniformity(Tensors.of(new float[] {1, 1, 2, 2, 3, 3}, 3, 2)))
                    .isCloseTo(0, within(1e-12));
            assertThat(Sphere.uniformity(Tensors.of(new float[] {1, 1}, 1, 2))).isNaN();
        }
    }

    @Test
    void alignmentOfPairs() {
        try (Scope scope = Scope.open()) {
            Tensor x = Tensors.of(CROSS, 4, 2);
            Tensor turned = Tensors.of(new float[] {0, 1, 0, 1, -2, 0, 0, 5}, 4, 2);
            assertThat(Sphere.alignment(x, x)).isCloseTo(0, within(1e-12));
            assertThat(Sphere.alignment(x, turned)).isCloseTo((2 + 0 + 0 + 4) / 4.0, within(1e-12));
        }
    }

    @Test
    void classAlignmentIsThatOfAllPairs() {
        int n = 30;
        int width = 5;
        float[] values = new float[n * width];
        int[] labels = new int[n];
        Rng rng = Rng.of(3);
        for (int i = 0; i < n; i++) {
            labels[i] = rng.nextInt(4) - 1;
            for (int d = 0; d < width; d++) {
                values[i * width + d] = (float) rng.nextGaussian();
            }
        }
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                if (labels[i] >= 0 && labels[i] == labels[j]) {
                    sum += distance(values, width, i, j);
                    pairs++;
                }
            }
        }
        try (Scope scope = Scope.open()) {
            assertThat(Sphere.classAlignment(Tensors.of(values, n, width), labels))
                    .isCloseTo(sum / pairs, within(1e-6));
            assertThat(Sphere.classAlignment(Tensors.of(CROSS, 4, 2), new int[] {0, 1, -1, -1}))
                    .isNaN();
        }
    }

    private static double distance(float[] values, int width, int i, int j) {
        double sum = 0;
        for (int d = 0; d < width; d++) {
            double difference =
                    values[i * width + d] / norm(values, width, i) - values[j * width + d] / norm(values, width, j);
            sum += difference * difference;
        }
        return sum;
    }

    private static double norm(float[] values, int width, int i) {
        double sum = 0;
        for (int d = 0; d < width; d++) {
            sum += values[i * width + d] * values[i * width + d];
        }
        return Math.sqrt(sum);
    }
}
