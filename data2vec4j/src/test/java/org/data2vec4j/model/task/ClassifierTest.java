package org.data2vec4j.model.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.stream.Stream;
import org.data2vec4j.model.Tiny;
import org.data2vec4j.model.TinySequences;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.encoder.TargetLabels;
import org.data2vec4j.model.mask.Compat;
import org.data2vec4j.model.method.StepResult;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.model.task.classify.ClassifierConfig;
import org.data2vec4j.model.task.classify.ClassifierHeadConfig;
import org.data2vec4j.model.task.classify.ClassifierModel;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClassifierTest {
    static Stream<ClassifierHeadConfig> heads() {
        return Stream.of(
                new ClassifierHeadConfig.Mean(true),
                new ClassifierHeadConfig.Mean(false),
                new ClassifierHeadConfig.First(0));
    }

    private static ClassifierModel texts(ClassifierHeadConfig head, int outputs, double smoothing) {
        ClassifierModel model = new ClassifierModel(
                new ClassifierConfig(head, smoothing, 0.5, TokenMaskConfig.defaults(), FreezeConfig.defaults()),
                () -> TinySequences.textEncoder(TinySequences.text(Compat.NONE)),
                outputs,
                1,
                Device.CPU);
        Tiny.scramble(model.weights(), 3);
        return model;
    }

    @ParameterizedTest
    @MethodSource("heads")
    void predictionsDoNotDependOnPaddingAndAreProbabilities(ClassifierHeadConfig head) {
        ClassifierModel model = texts(head, 5, 0);
        Tensor together = model.predict(TinySequences.texts());
        for (int i = 0; i < 3; i++) {
            assertThat(Tiny.row(together, i))
                    .containsExactly(model.predict(TinySequences.text(i)).toFloats(), offset(2e-5f));
            double total = 0;
            for (float log : Tiny.row(together, i)) {
                total += Math.exp(log);
            }
            assertThat(total).isCloseTo(1, offset(1e-5));
        }
    }

    @ParameterizedTest
    @MethodSource("heads")
    void theLossIsMinusTheLogOfTheLabelsProbability(ClassifierHeadConfig head) {
        ClassifierModel model = texts(head, 5, 0.1);
        int[] classes = {4, 0, 2};
        StepResult result = model.forward(TinySequences.texts().labelled(new TargetLabels.Classes(classes)), 0, false);
        float[] logs = model.predict(TinySequences.texts()).toFloats();
        double expected = 0;
        for (int i = 0; i < logs.length; i++) {
            expected -= logs[i] * ((classes[i / 5] == i % 5 ? 0.9 : 0) + 0.1 / 5);
        }
        assertThat(result.count()).isEqualTo(3);
        assertThat(result.losses().get(0).sum().item()).isCloseTo(expected, offset(1e-4));

        float[] shares = new float[15];
        for (int i = 0; i < 3; i++) {
            shares[i * 5 + classes[i]] = 1;
        }
        assertThat(model.forward(TinySequences.texts().labelled(new TargetLabels.Shares(shares, 5)), 0, false)
                        .losses()
                        .get(0)
                        .sum()
                        .item())
                .isCloseTo(expected, offset(1e-4));
    }

    @ParameterizedTest
    @MethodSource("heads")
    void numbersArePredictedBySquaredErrorAndEverythingLearns(ClassifierHeadConfig head) {
        ClassifierModel model = texts(head, 1, 0);
        model.train(true);
        Input batch = TinySequences.texts().labelled(new TargetLabels.Values(new float[] {1, -2, 0.5f}));
        StepResult result = model.forward(batch, 0, false);
        float[] predicted = model.predict(batch).toFloats();
        double expected =
                Math.pow(predicted[0] - 1, 2) + Math.pow(predicted[1] + 2, 2) + Math.pow(predicted[2] - 0.5, 2);
        assertThat(result.losses().get(0).sum().item()).isCloseTo(expected, offset(1e-3 * Math.max(1, expected)));
        result.loss().backward();
        model.weights().views(model.weights().gradients()).forEach((name, gradient) -> {
            assertThat(F.allFinite(gradient)).as(name).isTrue();
            if (!name.equals("mask.vector")) {
                assertThat(gradient.norm().item()).as(name).isPositive();
            }
        });
    }

    @Test
    void theRateDecaysFromTheHeadToTheFrontEnd() {
        ClassifierModel model = texts(new ClassifierHeadConfig.Mean(true), 3, 0);
        assertThat(model.rateFactor("head", 0)).isEqualTo(1);
        assertThat(model.rateFactor("encoder.main.blocks.1", 0)).isEqualTo(0.5);
        assertThat(model.rateFactor("encoder.main.blocks.0", 0)).isEqualTo(0.25);
        assertThat(model.rateFactor("encoder.local", 0)).isEqualTo(0.125);
        assertThat(model.rateFactor("encoder", 0)).isEqualTo(0.125);
    }

    @Test
    void imagesAreClassifiedToo() {
        ClassifierModel model = new ClassifierModel(
                new ClassifierConfig(
                        new ClassifierHeadConfig.Mean(true), 0, 1, TokenMaskConfig.defaults(), FreezeConfig.defaults()),
                () -> Tiny.encoder(1, 1, 1, NormPlacement.POST),
                3,
                1,
                Device.CPU);
        assertThat(Tiny.shape(model.predict(Tiny.images(4, 1)))).containsExactly(4L, 3L);
        assertThatThrownBy(() -> model.forward(Tiny.images(4, 1), 0, false)).hasMessageContaining("without labels");
        assertThatThrownBy(() -> model.forward(
                        Tiny.images(1, 1).labelled(new TargetLabels.Sequences(new int[][] {{1}})), 0, false))
                .hasMessageContaining("labels of a classifier");
    }

    @Test
    void wrongSettingsAreRefused() {
        assertThatThrownBy(() -> new ClassifierConfig(
                        new ClassifierHeadConfig.Mean(true), 1, 1, TokenMaskConfig.defaults(), FreezeConfig.defaults()))
                .hasMessageStartingWith("label_smoothing is 1");
        assertThatThrownBy(() -> new ClassifierConfig(
                        new ClassifierHeadConfig.Mean(true), 0, 0, TokenMaskConfig.defaults(), FreezeConfig.defaults()))
                .hasMessageStartingWith("layer_decay is 0");
    }

    /** The average becomes the weights at the first update, follows them by its decay, and is what predicts. */
    @Test
    void theAverageOfTheWeightsPredicts() {
        ClassifierConfig config = new ClassifierConfig(
                new ClassifierHeadConfig.Mean(true), 0, 1, TokenMaskConfig.defaults(), FreezeConfig.defaults(), 0.5);
        ClassifierModel model =
                new ClassifierModel(config, () -> Tiny.encoder(1, 1, 1, NormPlacement.POST), 3, 1, Device.CPU);
        assertThat(model.frozenWeights()).containsOnlyKeys("average");
        Tiny.scramble(model.weights(), 3);
        assertThat(model.afterUpdate(0)).hasValue(0);
        float[] first = model.predict(Tiny.images(4, 1)).toFloats();
        float[] begun = model.frozenWeights().get("average").values().toFloats();
        assertThat(begun).containsExactly(model.weights().values().toFloats(), offset(0f));

        Tiny.scramble(model.weights(), 4);
        assertThat(model.predict(Tiny.images(4, 1)).toFloats()).containsExactly(first, offset(0f));
        assertThat(model.afterUpdate(100)).hasValue(0.5);
        float[] moved = model.frozenWeights().get("average").values().toFloats();
        float[] weights = model.weights().values().toFloats();
        for (int i = 0; i < moved.length; i++) {
            assertThat(moved[i]).isCloseTo((begun[i] + weights[i]) / 2, offset(1e-6f));
        }
        assertThat(model.predict(Tiny.images(4, 1)).toFloats()).isNotEqualTo(first);
        assertThat(texts(new ClassifierHeadConfig.Mean(true), 3, 0).frozenWeights())
                .isEmpty();
    }
}
