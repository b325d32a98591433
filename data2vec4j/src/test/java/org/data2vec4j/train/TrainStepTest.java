package org.data2vec4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.core.UserException;
import org.data2vec4j.image.data.ImageBatch;
import org.data2vec4j.model.method.data2vec2.Data2Vec2;
import org.data2vec4j.tensor.SafeTensors;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.safetensors.SafeTensorsFile;
import org.data2vec4j.train.guard.GuardConfig;
import org.data2vec4j.train.listener.Metric;
import org.data2vec4j.train.loop.PretrainSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainStepTest {
    @TempDir
    Path folder;

    @Test
    void twoMicroBatchesGiveTheGradientOfOneBatch() {
        TinyRun tiny = new TinyRun(folder).quiet().clip(0);
        ImageBatch whole = tiny.batches(1).get(0);
        List<ImageBatch> halves = List.of(TinyRun.part(whole, 0, 2), TinyRun.part(whole, 2, 4));
        float[] once;
        double loss;
        try (PretrainSession training = new PretrainSession(tiny.config())) { // not in training mode: no dropout
            loss = training.step(PhaseClock.NONE).run(List.of(whole), 3, false).loss();
            once = training.method().weights().gradients().toFloats();
        }
        try (PretrainSession training = new PretrainSession(tiny.config())) {
            assertThat(training.step(PhaseClock.NONE).run(halves, 3, false).loss())
                    .isCloseTo(loss, withinPercentage(1e-3));
            float[] twice = training.method().weights().gradients().toFloats();
            assertThat(twice).containsExactly(once, offset(2e-5f * largest(once)));
        }
        assertThat(largest(once)).isGreaterThan(1e-3f);
    }

    @Test
    void nanPixelsStopBeforeTheWeightsChange() {
        TinyRun tiny = new TinyRun(folder);
        List<ImageBatch> batches = tiny.batches(2);
        try (PretrainSession training = new PretrainSession(tiny.config())) {
            Data2Vec2 method = (Data2Vec2) training.method();
            TrainStep step = training.step(PhaseClock.NONE);
            step.run(batches, 0, false);
            float[] student = method.weights().values().toFloats();
            float[] teacher = method.teacher().weights().values().toFloats();
            for (boolean observe : new boolean[] {false, true}) {
                assertThatThrownBy(() -> step.run(List.of(batches.get(0), MemoryTest.nan(batches.get(1))), 1, observe))
                        .isInstanceOf(UserException.class)
                        .hasMessageStartingWith("update 2: the loss is NaN")
                        .hasMessageContaining("the weights were not changed")
                        .hasMessageNotContaining("\n");
            }
            assertThat(method.weights().values().toFloats()).containsExactly(student);
            assertThat(method.teacher().weights().values().toFloats()).containsExactly(teacher);
            assertThat(step.run(batches, 1, true).loss()).isFinite();
            assertThat(method.weights().values().toFloats()).isNotEqualTo(student);
        }
    }

    @Test
    void aCollapseStopsTheRunAndSaysWhichSign() {
        GuardConfig strict = new GuardConfig(2, 100, 0, 1);
        TinyRun tiny = new TinyRun(folder).guard(strict);
        List<ImageBatch> batches = tiny.batches(1);
        try (PretrainSession training = new PretrainSession(tiny.config())) {
            TrainStep step = training.step(PhaseClock.NONE);
            step.run(batches, 0, true);
            step.run(batches, 1, true);
            step.run(batches, 2, false); // nothing was measured
            assertThatThrownBy(() -> step.run(batches, 3, true))
                    .isInstanceOf(UserException.class)
                    .hasMessageStartingWith("update 4: collapse: target/std is ")
                    .hasMessageContaining("guard.min_target_std=100");
        }
    }

    @Test
    void theReportHasTheNumbersOfTheUpdate() {
        TinyRun tiny = new TinyRun(folder);
        List<ImageBatch> batches = tiny.batches(1);
        try (PretrainSession training = new PretrainSession(tiny.config())) {
            TrainStep step = training.step(PhaseClock.NONE);
            StepReport report = step.run(batches, 0, true);
            assertThat(value(report, "loss"))
                    .isEqualTo(report.loss())
                    .isCloseTo(value(report, "loss/regression") + value(report, "loss/cls"), offset(1e-12));
            assertThat(value(report, "optimizer/learning_rate"))
                    .isEqualTo(1e-3 / 2); // the first of two warm-up updates
            assertThat(value(report, "optimizer/teacher_decay")).isEqualTo(0.9);
            assertThat(value(report, "optimizer/gradient_norm")).isPositive();
            assertThat(value(report, "mask/ratio")).isBetween(0.5, 0.7);
            assertThat(report.metrics()).extracting(Metric::name).doesNotHaveDuplicates();
            assertThat(step.run(batches, 1, false).metrics())
                    .extracting(Metric::name)
                    .containsExactly(
                            "loss",
                            "loss/regression",
                            "loss/cls",
                            "optimizer/gradient_norm",
                            "optimizer/learning_rate",
                            "optimizer/teacher_decay");
        }
    }

    @Test
    void clippingScalesTheGradientThatTheOptimiserSees() {
        double limit = 1e-3;
        TinyRun tiny = new TinyRun(folder).clip(limit);
        try (PretrainSession training = new PretrainSession(tiny.config())) {
            StepReport report = training.step(PhaseClock.NONE).run(tiny.batches(1), 0, false);
            assertThat(value(report, "optimizer/gradient_norm")).isGreaterThan(limit);
        }
        tiny.updates(1).run();
        double squares = 0; // the first moment after one update is (1 − 0.9) times the gradient
        try (var file = SafeTensorsFile.open(tiny.checkpoint(1).resolve("optimiser.safetensors"));
                var scope = Scope.open()) {
            for (String name : file.names()) {
                if (name.startsWith("first.")) {
                    squares += SafeTensors.read(file, name).square().sum().item();
                }
            }
        }
        assertThat(Math.sqrt(squares)).isCloseTo(0.1 * limit, withinPercentage(0.1));
    }

    @Test
    void brainFloatProductsGiveNearlyTheSameLoss() {
        List<Double> losses = new ArrayList<>();
        for (Precision precision : List.of(Precision.FP32, Precision.BF16)) {
            TinyRun tiny = new TinyRun(folder).precision(precision);
            try (PretrainSession training = new PretrainSession(tiny.config())) {
                TrainStep step = training.step(PhaseClock.NONE);
                step.run(tiny.batches(1), 0, false);
                losses.add(step.run(tiny.batches(1), 1, false).loss());
            }
        }
        assertThat(losses.get(1)).isCloseTo(losses.get(0), withinPercentage(3)).isNotEqualTo(losses.get(0));
    }

    @Test
    void phasesAreToldInOrder() {
        TinyRun tiny = new TinyRun(folder);
        List<String> phases = new ArrayList<>();
        PhaseClock clock = new PhaseClock() {
            @Override
            public void start() {
                phases.add("start");
            }

            @Override
            public void end(String phase) {
                phases.add(phase);
            }
        };
        try (PretrainSession training = new PretrainSession(tiny.config())) {
            training.step(clock).run(tiny.batches(1), 0, false);
        }
        assertThat(phases)
                .containsExactly(
                        "start", "batch to device", "forward", "backward", "clip", "optimiser", "teacher moves");
    }

    private static double value(StepReport report, String name) {
        return report.metrics().stream()
                .filter(metric -> metric.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private static float largest(float[] values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
