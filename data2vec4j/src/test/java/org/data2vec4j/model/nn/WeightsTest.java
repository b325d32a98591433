package org.data2vec4j.model.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.data2vec4j.core.Rng;
import org.data2vec4j.model.InScope;
import org.data2vec4j.model.Tiny;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InScope.class)
class WeightsTest {
    private static final int LINE = 16;

    @Test
    void parametersBeginOnCacheLinesInOrderAndDoNotOverlap() {
        Weights weights = Weights.allocate(Device.CPU, twoModules());
        Map<String, Integer> starts = starts(weights);
        int end = 0;
        for (Map.Entry<String, Parameter> entry : weights.parameters().entrySet()) {
            int start = starts.get(entry.getKey());
            assertThat(start % LINE).as(entry.getKey()).isZero();
            assertThat(start).as(entry.getKey()).isBetween(end, end + LINE - 1);
            float[] places = entry.getValue().value().toFloats();
            for (int i = 0; i < places.length; i++) {
                assertThat((int) places[i]).isEqualTo(start + i);
            }
            end = start + places.length;
        }
        assertThat(weights.values().numel()).isBetween((long) end, (long) end + LINE - 1);
        assertThat(weights.numel()).isLessThan(weights.values().numel());
    }

    @Test
    void segmentsCoverTheBufferAndAgreeWithTheParameters() {
        Weights weights = Weights.allocate(Device.CPU, twoModules());
        long end = 0;
        for (int i = 0; i < weights.segments().size(); i++) {
            Weights.Segment segment = weights.segments().get(i);
            assertThat(segment.start()).isEqualTo(end);
            if (i > 0) {
                assertThat(segment.decays())
                        .isNotEqualTo(weights.segments().get(i - 1).decays());
            }
            end += segment.length();
        }
        assertThat(end).isEqualTo(weights.values().numel());

        Map<String, Integer> starts = starts(weights);
        weights.parameters().forEach((name, parameter) -> {
            Weights.Segment home = weights.segments().stream()
                    .filter(segment -> segment.start() <= starts.get(name)
                            && starts.get(name) < segment.start() + segment.length())
                    .findFirst()
                    .orElseThrow();
            assertThat(home.decays()).as(name).isEqualTo(parameter.decays());
            assertThat(parameter.decays()).as(name).isEqualTo(name.endsWith("weight") && !name.contains("norm"));
        });
    }

    @Test
    void decayingParametersComeFirstWithinEachModule() {
        List<String> names = new ArrayList<>(
                Weights.allocate(Device.CPU, twoModules()).parameters().keySet());
        assertThat(names)
                .containsExactly(
                        "a.fc1.weight",
                        "a.fc2.weight",
                        "a.fc1.bias",
                        "a.fc2.bias",
                        "b.blocks.0.attn.qkv.weight",
                        "b.blocks.0.attn.proj.weight",
                        "b.blocks.0.mlp.fc1.weight",
                        "b.blocks.0.mlp.fc2.weight",
                        "b.blocks.0.norm1.weight",
                        "b.blocks.0.norm1.bias",
                        "b.blocks.0.attn.qkv.bias",
                        "b.blocks.0.attn.proj.bias",
                        "b.blocks.0.norm2.weight",
                        "b.blocks.0.norm2.bias",
                        "b.blocks.0.mlp.fc1.bias",
                        "b.blocks.0.mlp.fc2.bias");
    }

    @Test
    void theFirstModulesAreLaidOutAsAPrefix() {
        Map<String, Module> two = twoModules();
        Map<String, Module> one = new LinkedHashMap<>();
        one.put("a", twoModules().get("a"));
        Map<String, Integer> all = starts(Weights.allocate(Device.CPU, two));
        Map<String, Integer> prefix = starts(Weights.allocate(Device.CPU, one));
        assertThat(new ArrayList<>(all.entrySet()).subList(0, prefix.size()))
                .containsExactlyElementsOf(prefix.entrySet());
    }

    @Test
    void aParameterBeginsTheSameWhateverElseThereIs() {
        Weights together = Weights.allocate(Device.CPU, twoModules());
        together.initialise(7);
        Map<String, Module> single = new LinkedHashMap<>();
        single.put("b", twoModules().get("b"));
        Weights alone = Weights.allocate(Device.CPU, single);
        alone.initialise(7);
        Map<String, float[]> expected = Tiny.copies(together);
        Tiny.copies(alone).forEach((name, values) -> assertThat(values).as(name).containsExactly(expected.get(name)));

        Weights another = Weights.allocate(Device.CPU, twoModules());
        another.initialise(8);
        assertThat(Tiny.copies(another).get("a.fc1.weight")).isNotEqualTo(expected.get("a.fc1.weight"));
        assertThat(expected.get("a.fc1.weight")).isNotEqualTo(expected.get("a.fc2.weight"));
        assertThat(expected.get("b.blocks.0.norm1.weight")).containsOnly(1);
        assertThat(expected.get("b.blocks.0.norm1.bias")).containsOnly(0);
    }

    @Test
    void firstValuesFollowTheirLaws() {
        float[] normal = new Init.Normal(0.02).values(20_000, Rng.of(1));
        float[] uniform = Init.Uniform.fanIn(25).values(20_000, Rng.of(1));
        double squares = 0;
        for (float value : normal) {
            squares += (double) value * value;
        }
        assertThat(Math.sqrt(squares / normal.length)).isBetween(0.0195, 0.0205);
        float least = 1;
        float most = -1;
        for (float value : uniform) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        assertThat(least).isBetween(-0.2f, -0.199f);
        assertThat(most).isBetween(0.199f, 0.2f);
        assertThat(Init.Uniform.xavier(4, 2).bound()).isEqualTo(1);
    }

    @Test
    void gradientsGatherInTheFlatBuffer() {
        Weights weights = Weights.allocate(Device.CPU, twoModules());
        weights.initialise(1);
        Map<String, float[]> before = Tiny.copies(weights);
        weights.trainable();
        Tiny.copies(weights)
                .forEach((name, values) -> assertThat(values).as(name).containsExactly(before.get(name)));

        Map<String, Tensor> slopes = new LinkedHashMap<>();
        weights.parameters()
                .forEach((name, parameter) -> slopes.put(name, Tiny.normal(name.hashCode(), parameter.shape())));
        for (int pass = 1; pass <= 2; pass++) { // the second pass adds to the first
            weights.parameters()
                    .forEach((name, parameter) ->
                            parameter.value().mul(slopes.get(name)).sum().backward());
            float[] flat = weights.gradients().toFloats();
            float used = 0;
            for (Map.Entry<String, Tensor> view :
                    weights.views(weights.gradients()).entrySet()) {
                float[] expected = slopes.get(view.getKey()).mul(pass).toFloats();
                assertThat(view.getValue().toFloats()).as(view.getKey()).containsExactly(expected);
                assertThat(weights.parameter(view.getKey()).value().grad().toFloats())
                        .containsExactly(expected);
                used += expected.length;
            }
            int zeros = 0;
            for (float value : flat) {
                zeros += value == 0 ? 1 : 0;
            }
            assertThat(zeros).as("padding").isEqualTo(flat.length - (int) used);
        }
    }

    @Test
    void parametersAreViewsOfTheFlatValues() {
        Weights weights = Weights.allocate(Device.CPU, twoModules());
        weights.initialise(1);
        weights.trainable();
        float[] before = weights.parameter("a.fc2.weight").value().toFloats();
        weights.values().mul_(2);
        float[] after = weights.parameter("a.fc2.weight").value().toFloats();
        for (int i = 0; i < before.length; i++) {
            assertThat(after[i]).isEqualTo(2 * before[i]);
        }
    }

    @Test
    void misuseIsAnError() {
        FeedForward module = new FeedForward(4, 4, 0);
        assertThatThrownBy(() -> module.forward(Tiny.normal(1, 2, 4))).hasMessageContaining("Weights.allocate first");
        Weights weights = Weights.allocate(Device.CPU, Map.of("a", module));
        assertThatThrownBy(weights::gradients).hasMessageContaining("call trainable() first");
        assertThatThrownBy(() -> weights.parameter("a.fc3.weight"))
                .hasMessage("there is no parameter named a.fc3.weight");
        assertThatThrownBy(() -> new Twins()).hasMessage("two parameters are named x");
    }

    private static final class Twins extends Module {
        Twins() {
            parameter("x", Init.ZEROS, 1);
            parameter("x", Init.ZEROS, 1);
        }
    }

    /** Odd sizes, so that padding is needed. */
    private static Map<String, Module> twoModules() {
        Map<String, Module> modules = new LinkedHashMap<>();
        modules.put("a", new FeedForward(5, 7, 0));
        modules.put("b", new Blocks(new BlockConfig(6, 2, 1.5, NormPlacement.POST, 1e-6, 0, 0, 0, 0), 1, 0, 1));
        return modules;
    }

    /** Where each parameter begins, found by writing every place's number into it. */
    private static Map<String, Integer> starts(Weights weights) {
        float[] numbers = new float[(int) weights.values().numel()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i;
        }
        weights.values().copy_(numbers);
        Map<String, Integer> starts = new LinkedHashMap<>();
        weights.parameters()
                .forEach((name, parameter) ->
                        starts.put(name, (int) parameter.value().toFloats()[0]));
        return starts;
    }
}
