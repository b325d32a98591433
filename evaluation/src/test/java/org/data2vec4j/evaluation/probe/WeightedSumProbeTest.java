package org.data2vec4j.evaluation.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.data2vec4j.core.Rng;
import org.data2vec4j.tensor.Native;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WeightedSumProbeTest {
    private static final int CLASSES = 3;
    private static final int WIDTH = 6;

    private Scope scope;

    @BeforeEach
    void open() {
        Native.threads(1); // tiny products: waiting for a second thread costs more than it gives
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    /** Samples whose features say the class with a strength, under noise. */
    private static Features layer(int samples, double strength, long seed) {
        Rng rng = Rng.of(seed);
        float[] features = new float[samples * WIDTH];
        int[] labels = new int[samples];
        long[] ids = new long[samples];
        for (int i = 0; i < samples; i++) {
            labels[i] = i % CLASSES;
            ids[i] = i;
            for (int d = 0; d < WIDTH; d++) {
                features[i * WIDTH + d] = (float) (rng.nextGaussian() + (d == labels[i] ? strength : 0));
            }
        }
        return new Features(Tensors.of(features, samples, WIDTH), labels, ids);
    }

    @Test
    void theLayerThatKnowsTheClassIsFound() {
        List<Features> train = List.of(layer(120, 0, 1), layer(120, 6, 2), layer(120, 0, 3));
        List<Features> test = List.of(layer(60, 0, 4), layer(60, 6, 5), layer(60, 0, 6));
        WeightedSumProbe.Result result = WeightedSumProbe.run(train, test, 1);
        assertThat(result.score().accuracy()).isGreaterThan(0.9);
        assertThat(result.weights()).hasSize(3);
        assertThat(result.weights().get(1)).isGreaterThan(result.weights().get(0));
        assertThat(result.weights().get(1)).isGreaterThan(result.weights().get(2));
        assertThat(result.weights().stream().mapToDouble(Double::doubleValue).sum())
                .isBetween(0.999, 1.001);
    }

    @Test
    void noiseIsLeftAtChanceAndTheSameSeedGivesTheSame() {
        List<Features> train = List.of(layer(120, 0, 1), layer(120, 0, 2));
        List<Features> test = List.of(layer(90, 0, 4), layer(90, 0, 5));
        WeightedSumProbe.Result result = WeightedSumProbe.run(train, test, 1);
        assertThat(result.score().accuracy()).isBetween(0.15, 0.55);
        assertThat(WeightedSumProbe.run(train, test, 1)).isEqualTo(result);
    }
}
