package org.data2vec4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.data2vec4j.image.data.ImageBatch;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.method.DrawnBatch;
import org.data2vec4j.model.method.LossTerm;
import org.data2vec4j.model.method.StepContext;
import org.data2vec4j.model.method.TrainableModel;
import org.data2vec4j.model.nn.Init;
import org.data2vec4j.model.nn.Module;
import org.data2vec4j.model.nn.Parameter;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.train.guard.CollapseGuard;
import org.data2vec4j.train.guard.GuardConfig;
import org.data2vec4j.train.optimizer.AdamW;
import org.data2vec4j.train.optimizer.AdamWConfig;
import org.data2vec4j.train.schedule.ConstantSchedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpdateOrderTest {
    /** A model outside of the library's own methods: the sum of pixels times one weight, averaged over samples. */
    private static final class PixelSum extends Module implements TrainableModel {
        private final Parameter factor = parameter("factor", Init.ONES, 1);
        private final Weights weights = Weights.allocate(Device.CPU, Map.of("sum", this));
        private final List<String> calls = new ArrayList<>();
        private final List<StepContext> contexts = new ArrayList<>();

        PixelSum() {
            weights.initialise(1);
            weights.trainable();
        }

        @Override
        public DrawnBatch draw(Input input, long update) {
            calls.add("draw");
            return new DrawnBatch(input.ids().length, context -> {
                calls.add("forward");
                contexts.add(context);
                Tensor sum =
                        input.source().to(DType.F32).sum().mul(factor.value().sum());
                return context.result(List.of(new LossTerm("sum", sum)), List.of());
            });
        }

        @Override
        public Weights weights() {
            return weights;
        }
    }

    @TempDir
    Path folder;

    @Test
    void everythingIsDrawnAndCountedBeforeTheFirstForwardPass() {
        TinyRun tiny = new TinyRun(folder);
        ImageBatch whole = tiny.batches(1).get(0);
        try (Scope scope = Scope.open()) {
            PixelSum model = new PixelSum();
            TrainStep step = new TrainStep(
                    model,
                    tiny.config().modality(),
                    new AdamW(new AdamWConfig(1e-3, 0.9, 0.95, 1e-8, 0), model.weights()),
                    new ConstantSchedule(0),
                    new CollapseGuard(new GuardConfig(1000, 0, 0, 1), model::collapseRemedy),
                    new TrainStep.Settings(10, 0, DType.F32, Device.CPU, 1),
                    PhaseClock.NONE);
            double once = step.run(List.of(whole), 0, false).loss();
            float gradient = model.weights().gradients().toFloats()[0];
            model.calls.clear();
            model.contexts.clear();

            StepReport report = step.run(List.of(TinyRun.part(whole, 0, 1), TinyRun.part(whole, 1, 4)), 7, true);

            assertThat(model.calls).containsExactly("draw", "draw", "forward", "forward");
            assertThat(model.contexts).extracting(StepContext::normalizer).containsExactly(4L, 4L);
            assertThat(model.contexts).extracting(StepContext::batchCount).containsExactly(1L, 3L);
            assertThat(model.contexts).allSatisfy(context -> {
                assertThat(context.update()).isEqualTo(7);
                assertThat(context.diagnose()).isTrue();
                assertThat(context.share()).isEqualTo(1);
                assertThat(context.statistics().isDistributed()).isFalse();
            });
            assertThat(report.samples()).isEqualTo(4);
            assertThat(report.loss()).isCloseTo(once * (1 + 1e-3), within(Math.abs(once) * 1e-5)); // one step of AdamW
            assertThat(model.weights().gradients().toFloats()[0])
                    .as("the gradient of one batch, however it is cut")
                    .isCloseTo(gradient, within(Math.abs(gradient) * 1e-5f));
        }
    }
}
