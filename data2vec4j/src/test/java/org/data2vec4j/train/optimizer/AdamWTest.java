package org.data2vec4j.train.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.LinkedHashMap;
import java.util.Map;
import org.data2vec4j.core.Rng;
import org.data2vec4j.core.UserException;
import org.data2vec4j.image.model.ImageConfig;
import org.data2vec4j.image.model.ImageFeatureEncoder;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.nn.BlockConfig;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.train.InScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InScope.class)
class AdamWTest {
    private static final AdamWConfig CONFIG = new AdamWConfig(1e-2, 0.9, 0.95, 1e-6, 0.5);

    @Test
    void onlyMatricesAndKernelsDecay() {
        Weights weights = weights();
        Map<String, float[]> before = copies(weights);
        new AdamW(CONFIG, weights).update(0.1, 1);
        copies(weights).forEach((name, after) -> {
            boolean decays = weights.parameter(name).decays();
            for (int i = 0; i < after.length; i++) {
                float expected = before.get(name)[i] * (decays ? 1 - 0.1f * 0.5f : 1);
                assertThat(after[i]).as(name).isCloseTo(expected, offset(decays ? 1e-7f : 0));
            }
        });
        assertThat(before.keySet())
                .filteredOn(name -> !weights.parameter(name).decays())
                .contains("encoder.extra_tokens", "encoder.context_norm.weight", "encoder.local.proj.bias")
                .allMatch(name -> name.endsWith("bias") || name.contains("norm") || name.endsWith("extra_tokens"));
        assertThat(weights.parameter("encoder.local.proj.weight").decays()).isTrue();
    }

    @Test
    void followsTheFormula() {
        Weights weights = weights();
        AdamW optimiser = new AdamW(CONFIG, weights);
        Map<String, double[]> values = new LinkedHashMap<>();
        Map<String, double[]> first = new LinkedHashMap<>();
        Map<String, double[]> second = new LinkedHashMap<>();
        copies(weights).forEach((name, start) -> {
            values.put(name, doubles(start));
            first.put(name, new double[start.length]);
            second.put(name, new double[start.length]);
        });
        double[] rates = {1e-2, 2e-2, 5e-3};
        for (int step = 1; step <= 3; step++) {
            gradients(weights, step);
            Map<String, Tensor> slopes = weights.views(weights.gradients());
            for (Map.Entry<String, double[]> entry : values.entrySet()) {
                String name = entry.getKey();
                float[] g = slopes.get(name).toFloats();
                double decay = weights.parameter(name).decays() ? 0.5 : 0;
                for (int i = 0; i < g.length; i++) {
                    double[] m = first.get(name);
                    double[] v = second.get(name);
                    entry.getValue()[i] *= 1 - rates[step - 1] * decay;
                    m[i] = 0.9 * m[i] + 0.1 * g[i];
                    v[i] = 0.95 * v[i] + 0.05 * g[i] * g[i];
                    double root = Math.sqrt(v[i] / (1 - Math.pow(0.95, step)));
                    entry.getValue()[i] -= rates[step - 1] * (m[i] / (1 - Math.pow(0.9, step))) / (root + 1e-6);
                }
            }
            optimiser.update(rates[step - 1], 1);
            assertThat(optimiser.step()).isEqualTo(step);
        }
        copies(weights).forEach((name, got) -> {
            for (int i = 0; i < got.length; i++) {
                assertThat((double) got[i]).as(name).isCloseTo(values.get(name)[i], offset(2e-6));
            }
        });
    }

    @Test
    void theScaleIsAFactorOnTheGradient() {
        Weights scaled = weights();
        Weights plain = weights();
        AdamW one = new AdamW(CONFIG, scaled);
        AdamW two = new AdamW(CONFIG, plain);
        for (int step = 1; step <= 2; step++) {
            gradients(scaled, step);
            gradients(plain, step);
            plain.gradients().mul_(0.3);
            one.update(1e-2, 0.3);
            two.update(1e-2, 1);
        }
        assertThat(scaled.values().toFloats()).containsExactly(plain.values().toFloats(), offset(1e-6f));
        two.state()
                .forEach((name, moment) -> assertThat(one.state().get(name).toFloats())
                        .as(name)
                        .containsExactly(moment.toFloats(), offset(1e-6f)));
    }

    @Test
    void stateHasBothMomentsOfEveryParameterAndResumes() {
        Weights weights = weights();
        AdamW optimiser = new AdamW(CONFIG, weights);
        gradients(weights, 1);
        optimiser.update(1e-2, 1);
        assertThat(optimiser.state()).hasSize(2 * weights.parameters().size());

        Weights copy = weights();
        AdamW resumed = new AdamW(CONFIG, copy);
        copy.values().detach().copy_(weights.values().detach());
        Map<String, Tensor> into = resumed.state();
        optimiser.state().forEach((name, moment) -> into.get(name).copy_(moment));
        resumed.resumeAt(optimiser.step());
        gradients(weights, 2);
        gradients(copy, 2);
        optimiser.update(1e-2, 1);
        resumed.update(1e-2, 1);
        assertThat(copy.values().toFloats()).containsExactly(weights.values().toFloats());
    }

    @Test
    void illegalSettingsNameTheField() {
        assertThatThrownBy(() -> new AdamWConfig(0, 0.9, 0.95, 1e-8, 0))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("learning_rate is 0");
        assertThatThrownBy(() -> new AdamWConfig(1, 1, 0.95, 1e-8, 0)).hasMessageStartingWith("beta1 is 1");
        assertThatThrownBy(() -> new AdamWConfig(1, 0.9, -1, 1e-8, 0)).hasMessageStartingWith("beta2 is -1");
        assertThatThrownBy(() -> new AdamWConfig(1, 0.9, 0.9, 0, 0)).hasMessageStartingWith("epsilon is 0");
        assertThatThrownBy(() -> new AdamWConfig(1, 0.9, 0.9, 1e-8, -1)).hasMessageStartingWith("weight_decay is -1");
    }

    private static Weights weights() {
        Encoder encoder = new Encoder(
                new ImageFeatureEncoder(new ImageConfig(8, 3, 4), 8), new EncoderConfig(0, 1, 1, BlockConfig.of(8, 2)));
        Weights weights = Weights.allocate(Device.CPU, Map.of("encoder", encoder));
        weights.initialise(1);
        weights.trainable();
        return weights;
    }

    private static void gradients(Weights weights, int step) {
        weights.views(weights.gradients()).forEach((name, view) -> {
            Rng rng = Rng.named(step, name);
            float[] values = new float[(int) view.numel()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) rng.nextGaussian();
            }
            view.copy_(values);
        });
    }

    private static Map<String, float[]> copies(Weights weights) {
        Map<String, float[]> copies = new LinkedHashMap<>();
        weights.parameters()
                .forEach((name, parameter) -> copies.put(name, parameter.value().toFloats()));
        return copies;
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
