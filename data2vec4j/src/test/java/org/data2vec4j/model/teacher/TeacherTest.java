package org.data2vec4j.model.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.LinkedHashMap;
import java.util.Map;
import org.data2vec4j.image.model.ImageFeatureEncoder;
import org.data2vec4j.model.InScope;
import org.data2vec4j.model.Tiny;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.method.data2vec2.Data2Vec2;
import org.data2vec4j.model.nn.Block;
import org.data2vec4j.model.nn.BlockConfig;
import org.data2vec4j.model.nn.Module;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.tensor.Autocast;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InScope.class)
class TeacherTest {
    @Test
    void beginsEqualToTheStudentsEncoder() {
        Data2Vec2 method = Tiny.method(3);
        Map<String, float[]> student = Tiny.copies(method.weights());
        Map<String, float[]> teacher = Tiny.copies(method.teacher().weights());
        assertThat(teacher).hasSizeLessThan(student.size());
        teacher.forEach((name, values) -> {
            assertThat(name).startsWith("encoder.");
            assertThat(values).as(name).containsExactly(student.get(name));
        });
    }

    @Test
    void movesByTheFormula() {
        Data2Vec2 method = Tiny.method(3);
        Map<String, float[]> before = Tiny.copies(method.teacher().weights());
        Tiny.scramble(method.weights(), 8);
        Map<String, float[]> student = Tiny.copies(method.weights());
        method.teacher().update(0.9);
        Tiny.copies(method.teacher().weights()).forEach((name, values) -> {
            for (int i = 0; i < values.length; i++) {
                double expected = 0.9 * before.get(name)[i] + 0.1 * student.get(name)[i];
                assertThat((double) values[i]).as(name).isCloseTo(expected, offset(1e-6));
            }
        });
        method.teacher().update(1);
        float[] still = method.teacher().weights().values().toFloats();
        method.teacher().update(1);
        assertThat(method.teacher().weights().values().toFloats()).containsExactly(still);
        method.teacher().update(0);
        Tiny.copies(method.teacher().weights())
                .forEach((name, values) -> assertThat(values).as(name).containsExactly(student.get(name)));
    }

    @Test
    void movesAtADecayNearOneToo() {
        Data2Vec2 method = Tiny.method(3);
        method.teacher().weights().values().zero_().add_(1);
        method.weights().values().detach().mul_(0).add_(1.01);
        for (int i = 0; i < 1000; i++) {
            method.teacher().update(0.9999);
        }
        double expected = 0.01 * (1 - Math.pow(0.9999, 1000)); // bfloat16 would not have moved at all
        for (float value : method.teacher().weights().values().toFloats()) {
            assertThat(value - 1.0).isCloseTo(expected, withinPercentage(2));
        }
    }

    @Test
    void isFloat32WhateverTheStudentComputesIn() {
        Data2Vec2 method = Tiny.method(3);
        Input images = Tiny.images(2, 1);
        Autocast.with(DType.BF16, () -> {
            method.forward(images, 0, false).loss().backward();
            method.afterUpdate(0);
            return true;
        });
        assertThat(method.teacher().weights().values().type()).isEqualTo(DType.F32);
        assertThat(method.weights().gradients().type()).isEqualTo(DType.F32);
    }

    @Test
    void isNeverDifferentiatedAndMovesOnlyWhenTold() {
        Data2Vec2 method = Tiny.method(3);
        method.train(true);
        float[] before = method.teacher().weights().values().toFloats();
        for (int step = 0; step < 3; step++) {
            method.weights().gradients().zero_();
            method.forward(Tiny.images(2, step), step, true).loss().backward();
            method.weights().values().detach().add_(method.weights().gradients(), -0.1);
        }
        assertThat(method.teacher().weights().values().toFloats()).containsExactly(before);
        method.teacher()
                .weights()
                .parameters()
                .forEach((name, parameter) -> assertThatThrownBy(
                                () -> parameter.value().grad())
                        .as(name)
                        .hasMessageContaining("has no gradient"));
        assertThatThrownBy(() -> method.teacher().weights().gradients()).isInstanceOf(IllegalStateException.class);
        assertThat(method.afterUpdate(0)).hasValue(0.9);
        assertThat(method.teacher().weights().values().toFloats()).isNotEqualTo(before);
        assertThat(method.teacher().encoder().training()).isFalse();
        assertThat(method.encoder().training()).isTrue();
    }

    @Test
    void aStudentThatDoesNotBeginWithTheEncoderIsRefused() {
        assertRefused(Map.of("other", Tiny.encoder(0, 1, 0, NormPlacement.POST)));
        assertRefused(Map.of("encoder", Tiny.encoder(0, 1, 1, NormPlacement.POST)));
        assertRefused(Map.of("encoder", new Block(Tiny.block(NormPlacement.POST), 0))); // fewer parameters
        Map<String, Module> late = new LinkedHashMap<>();
        late.put("decoder", new Block(Tiny.block(NormPlacement.POST), 0));
        late.put("encoder", Tiny.encoder(0, 1, 0, NormPlacement.POST));
        assertRefused(late);
    }

    @Test
    void aStudentOfAnotherWidthIsRefused() {
        var wide = new EncoderConfig(0, 1, 0, BlockConfig.of(32, 2));
        assertRefused(Map.of("encoder", new Encoder(new ImageFeatureEncoder(Tiny.IMAGE, 32), wide)));
    }

    private static void assertRefused(Map<String, ? extends Module> student) {
        Weights weights = Weights.allocate(Device.CPU, student);
        Encoder encoder = Tiny.encoder(0, 1, 0, NormPlacement.POST);
        assertThatThrownBy(() -> new Teacher(encoder, weights, TeacherPart.ENCODER, Device.CPU))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the student's weights do not begin with what its teacher averages");
    }
}
