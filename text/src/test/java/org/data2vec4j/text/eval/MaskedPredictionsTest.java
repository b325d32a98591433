package org.data2vec4j.text.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.data2vec4j.core.Rng;
import org.data2vec4j.core.UserException;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensors;
import org.junit.jupiter.api.Test;

class MaskedPredictionsTest {
    private static final int PLACES = 40;
    private static final int WIDTH = 8;
    private static final int[] POSITIONS =
            IntStream.range(0, PLACES).map(n -> n % 5).toArray();

    private static float[] random(long seed) {
        Rng rng = Rng.of(seed);
        float[] values = new float[PLACES * WIDTH];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) rng.nextGaussian();
        }
        return values;
    }

    private static MaskedPredictions of(float[] predicted, float[] targets) {
        try (Scope scope = Scope.open()) {
            return MaskedPredictions.of(
                    Tensors.of(predicted, PLACES, WIDTH), Tensors.of(targets, PLACES, WIDTH), POSITIONS);
        }
    }

    @Test
    void perfectPredictionsAreFoundEverywhere() {
        MaskedPredictions perfect = of(random(1), random(1));
        assertThat(perfect.places()).isEqualTo(PLACES);
        assertThat(perfect.explained()).isEqualTo(1);
        assertThat(perfect.cosine()).isEqualTo(1, within(1e-9));
        assertThat(perfect.otherCosine()).isBetween(-0.3, 0.3);
        assertThat(perfect.found()).isEqualTo(1);
    }

    @Test
    void theMeanTargetExplainsNothing() {
        float[] targets = random(2);
        float[] mean = new float[targets.length];
        for (int i = 0; i < targets.length; i++) {
            for (int place = 0; place < PLACES; place++) {
                mean[i] += targets[place * WIDTH + i % WIDTH] / PLACES;
            }
        }
        MaskedPredictions constant = of(mean, targets);
        assertThat(constant.explained()).isEqualTo(0, within(0.03)); // but for what the mean knows of its own places
        assertThat(constant.found()).isLessThanOrEqualTo(1.0 / PLACES);
        assertThat(constant.cosine()).isEqualTo(constant.otherCosine(), within(1e-6));
    }

    @Test
    void knowingOnlyThePositionIsWorthNothingBeyondIt() {
        float[] targets = random(4);
        float[] means = new float[targets.length];
        for (int n = 0; n < PLACES; n++) {
            for (int d = 0; d < WIDTH; d++) {
                targets[n * WIDTH + d] += 10 * POSITIONS[n]; // by far the most of the variance
            }
        }
        for (int n = 0; n < PLACES; n++) {
            for (int d = 0; d < WIDTH; d++) {
                for (int m = POSITIONS[n]; m < PLACES; m += 5) {
                    means[n * WIDTH + d] += targets[m * WIDTH + d] / (PLACES / 5);
                }
            }
        }
        MaskedPredictions position = of(means, targets);
        assertThat(position.explained()).isGreaterThan(0.99);
        // The means of the 8 targets at a position, theirs among them, are nearer by the eighth that is set right.
        assertThat(position.beyondPosition()).isEqualTo(1 / 8.0, within(1e-4));
        assertThat(of(targets, targets).beyondPosition()).isEqualTo(1);
    }

    @Test
    void scaleAndOffsetChangeNoCosine() {
        float[] targets = random(3);
        float[] scaled = new float[targets.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = 3 * targets[i] + 5;
        }
        assertThat(of(scaled, targets).cosine()).isEqualTo(1, within(1e-6));
        assertThat(of(scaled, targets).explained()).isNegative();
        assertThat(of(new float[targets.length], targets).cosine()).isZero();
        assertThatThrownBy(() -> {
                    try (Scope scope = Scope.open()) {
                        MaskedPredictions.of(
                                Tensors.of(new float[2], 1, 2), Tensors.of(new float[2], 1, 2), new int[1]);
                    }
                })
                .isInstanceOf(UserException.class);
    }
}
