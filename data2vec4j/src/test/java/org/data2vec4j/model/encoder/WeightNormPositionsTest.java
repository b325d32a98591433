package org.data2vec4j.model.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Objects;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.InScope;
import org.data2vec4j.model.Tiny;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(InScope.class)
class WeightNormPositionsTest {
    private static final int WIDTH = 4;

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 9})
    void areWhatLoopsSay(int kernel) {
        Positions positions = Objects.requireNonNull(new PositionsConfig.WeightNormConv(kernel, 2).build(WIDTH));
        Weights weights = Tiny.placed(positions);
        float[] v = weights.parameter("m.weight").value().toFloats(); // (4, 2, kernel)
        float[] g = weights.parameter("m.gain").value().toFloats();
        float[] bias = weights.parameter("m.bias").value().toFloats();
        int length = 6;
        float[] x = Tiny.values(length * WIDTH, 3);
        float[] y = positions.forward(Tensors.of(x, 1, length, WIDTH), null).toFloats();
        for (int t = 0; t < length; t++) {
            for (int out = 0; out < WIDTH; out++) {
                double sum = bias[out];
                for (int k = 0; k < kernel; k++) {
                    double norm = 0;
                    for (int i = k; i < v.length; i += kernel) {
                        norm += v[i] * v[i];
                    }
                    int from = t + k - kernel / 2;
                    for (int in = 0; in < 2 && from >= 0 && from < length; in++) {
                        double weight = v[(out * 2 + in) * kernel + k] * g[k] / Math.sqrt(norm);
                        sum += weight * x[from * WIDTH + out / 2 * 2 + in];
                    }
                }
                assertThat((double) y[t * WIDTH + out]).isCloseTo(gelu(sum), within(1e-4));
            }
        }
    }

    private static double gelu(double x) {
        double t = 0;
        int steps = 2000; // the error function by the trapezoid rule
        double end = x / Math.sqrt(2);
        for (int i = 0; i <= steps; i++) {
            double z = end * i / steps;
            t += Math.exp(-z * z) * (i == 0 || i == steps ? 0.5 : 1);
        }
        return x * 0.5 * (1 + 2 / Math.sqrt(Math.PI) * t * end / steps);
    }

    @Test
    void beginsAsIfItHadNoLengths() {
        Positions positions = Objects.requireNonNull(new PositionsConfig.WeightNormConv(5, 2).build(64));
        Weights weights = Weights.allocate(Device.CPU, Map.of("m", positions));
        weights.initialise(1);
        Tensor norms =
                weights.parameter("m.weight").value().square().sum(true, 0, 1).sqrt();
        assertThat(weights.parameter("m.gain").value().toFloats()).containsExactly(norms.toFloats(), within(0.1f));
    }

    @Test
    void paddingIsKeptAtZero() {
        Positions positions = Objects.requireNonNull(new PositionsConfig.WeightNormConv(5, 2).build(WIDTH));
        Tiny.placed(positions);
        Tensor x = Tiny.normal(1, 1, 7, WIDTH);
        Tensor valid = Padding.upTo(new long[] {4}, 7, Device.CPU);
        float[] padded =
                positions.forward(x, valid).narrow(1, 0, 4).contiguous().toFloats();
        float[] alone = positions.forward(x.narrow(1, 0, 4), null).toFloats();
        assertThat(padded).containsExactly(alone, within(1e-6f));
    }

    @Test
    void wrongSettingsAreRefused() {
        assertThatThrownBy(() -> new PositionsConfig.WeightNormConv(0, 2))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("kernel is 0");
        assertThatThrownBy(() -> new PositionsConfig.WeightNormConv(3, 0)).hasMessageContaining("groups is 0");
        assertThatThrownBy(() -> new PositionsConfig.WeightNormConv(3, 3).build(WIDTH))
                .hasMessage("groups is 3 but model.block.width is 4; groups must divide it");
    }
}
