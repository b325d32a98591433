package org.data2vec4j.model.contrast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.data2vec4j.core.Rng;
import org.data2vec4j.model.InScope;
import org.data2vec4j.model.Tiny;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InScope.class)
class KMeansTest {
    /** Directions near three axes, of different lengths. */
    private static Tensor blobs(int each) {
        float[] noise = Tiny.values(3 * each * 4, 2);
        for (int i = 0; i < 3 * each; i++) {
            for (int d = 0; d < 4; d++) {
                noise[i * 4 + d] = (1 + i % 5) * ((d == i / each ? 1 : 0) + 0.05f * noise[i * 4 + d]);
            }
        }
        return Tensors.of(noise, 3L * each, 4);
    }

    @Test
    void findsDirectionsWhateverTheirLengths() {
        int found = 0;
        for (int seed = 0; seed < 20; seed++) {
            long[] labels = KMeans.labels(blobs(10), 3, 50, Rng.of(seed));
            boolean apart = labels[0] != labels[10] && labels[0] != labels[20] && labels[10] != labels[20];
            for (int i = 0; i < 30 && apart; i++) {
                apart = labels[i] == labels[i / 10 * 10];
            }
            found += apart ? 1 : 0;
        }
        assertThat(found)
                .as("a draw of two rows of one blob may end in another optimum")
                .isGreaterThan(4);
    }

    @Test
    void iterationsNeverLoosenTheClusters() {
        Tensor x = Tiny.normal(1, 60, 5);
        double before = 0;
        for (int iterations = 0; iterations < 8; iterations++) {
            double tightness = tightness(x, KMeans.labels(x, 6, iterations, Rng.of(3)));
            assertThat(tightness).isGreaterThanOrEqualTo(before - 1e-4);
            before = tightness;
        }
    }

    /** The sum over clusters of the length of their unit rows' sum: what spherical k-means makes large. */
    private static double tightness(Tensor x, long[] labels) {
        double[][] sums = new double[6][5];
        for (int n = 0; n < labels.length; n++) {
            float[] row = Tiny.row(x, n);
            double norm = 0;
            for (float value : row) {
                norm += value * value;
            }
            for (int d = 0; d < 5; d++) {
                sums[(int) labels[n]][d] += row[d] / Math.sqrt(norm);
            }
        }
        return Arrays.stream(sums)
                .mapToDouble(sum -> Math.sqrt(Arrays.stream(sum).map(s -> s * s).sum()))
                .sum();
    }

    @Test
    void isAFunctionOfRowsAndStream() {
        Tensor x = Tiny.normal(1, 40, 5);
        assertThat(KMeans.labels(x, 4, 20, Rng.of(3))).containsExactly(KMeans.labels(x, 4, 20, Rng.of(3)));
        assertThat(KMeans.labels(x, 4, 20, Rng.of(4))).isNotEqualTo(KMeans.labels(x, 4, 20, Rng.of(3)));
    }

    @Test
    void everyRowCanBeItsOwnCluster() {
        assertThat(KMeans.labels(Tiny.normal(1, 3, 5), 9, 5, Rng.of(1))).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(KMeans.labels(Tiny.normal(1, 3, 5), 1, 5, Rng.of(1))).containsOnly(0);
        Tensor equal = Tiny.normal(1, 1, 5).expand(4, -1);
        assertThat(KMeans.labels(equal, 2, 5, Rng.of(1)))
                .as("the first of two equal centres takes all")
                .containsExactly(0, 0, 0, 0);
    }

    /** As the targets of few codes are: many rows are one vector, so that several centres begin at it. */
    @Test
    void roundingChoosesNoCluster() {
        int each = 10;
        float[] words = Tiny.normal(1, 4, 5).toFloats();
        float[] rows = new float[4 * each * 5];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = words[i / 5 % 4 * 5 + i % 5];
        }
        float[] rounded = rows.clone();
        float[] noise = Tiny.values(rows.length, 2);
        for (int i = 0; i < rows.length; i++) {
            rounded[i] += 1e-6f * noise[i] * rows[i];
        }
        for (int seed = 0; seed < 20; seed++) {
            assertThat(KMeans.labels(Tensors.of(rounded, 4L * each, 5), 6, 20, Rng.of(seed)))
                    .containsExactly(KMeans.labels(Tensors.of(rows, 4L * each, 5), 6, 20, Rng.of(seed)));
        }
    }
}
