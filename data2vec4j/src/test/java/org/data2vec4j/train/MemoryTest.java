package org.data2vec4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.data2vec4j.core.UserException;
import org.data2vec4j.image.data.ImageBatch;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.method.data2vec2.Data2Vec2;
import org.data2vec4j.tensor.Autocast;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Native;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.train.listener.TrainListener;
import org.data2vec4j.train.listener.UpdateReport;
import org.data2vec4j.train.loop.PretrainSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A step frees everything that it makes. */
class MemoryTest {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final long MARGIN_KB =
            48_000; // the Java heap grows meanwhile; the steps below would leak 200 MB and more

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = {"FP32", "BF16"})
    void isFlatFromStepToStep(Precision precision) throws IOException {
        TinyRun tiny = new TinyRun(folder).updates(100).precision(precision);
        tiny.batch(precision == Precision.FP32 ? 32 : 4, 1);
        tiny.width(precision == Precision.FP32 ? 64 : 16);
        List<ImageBatch> batches = tiny.batches(2);
        try (PretrainSession training = new PretrainSession(tiny.config())) {
            training.method().train(true);
            TrainStep step = training.step(PhaseClock.NONE);
            long pointers = 0;
            long resident = 0;
            for (int update = 0; update < 30; update++) {
                step.run(batches, update, update % 3 == 0);
                if (update == 2) {
                    pointers = Native.livePointers();
                    resident = residentKilobytes();
                }
            }
            assertThat(Native.livePointers()).as("native objects").isLessThanOrEqualTo(pointers);
            assertThat(residentKilobytes() - resident).as("kB more").isLessThan(MARGIN_KB);
        }
    }

    @Test
    void isFlatAcrossCheckpointsAndEvaluations() {
        List<Long> pointers = new ArrayList<>();
        Evaluator careless = method -> {
            Tensors.of(new float[8], 8).square().sum();
            return List.of();
        };
        new TinyRun(folder).updates(8).checkpoints(1, 2).evaluator(careless).run(() -> false, new TrainListener() {
            @Override
            public void onUpdate(UpdateReport report) {
                pointers.add(Native.livePointers());
            }
        });
        assertThat(pointers).hasSize(8);
        assertThat(pointers.get(7)).as("after each update: %s", pointers).isLessThanOrEqualTo(pointers.get(2));
    }

    @Test
    void aRunLeavesNothing() {
        new TinyRun(folder.resolve("first")).updates(1).run(); // classes that keep a native object for ever are loaded
        long before = Native.livePointers();
        TinyRun tiny = new TinyRun(folder.resolve("second")).updates(3);
        tiny.runFor(1);
        tiny.run();
        // One object per part remains until the garbage collector comes: setting the number of threads makes it.
        assertThat(Native.livePointers()).isLessThanOrEqualTo(before + 2);
    }

    @Test
    void aStepThatFailsLeavesNothingBehind() {
        TinyRun tiny = new TinyRun(folder);
        List<ImageBatch> good = tiny.batches(2);
        try (PretrainSession training = new PretrainSession(tiny.config())) {
            training.method().train(true);
            TrainStep step = training.step(PhaseClock.NONE);
            step.run(good, 0, true);
            long before = Native.livePointers();
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> step.run(List.of(good.get(0), wrongSize()), 1, true))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("10×10");
                assertThat(Native.livePointers()).as("batch of a wrong size").isLessThanOrEqualTo(before);
                assertThatThrownBy(() -> step.run(List.of(good.get(0), nan(good.get(1))), 1, true))
                        .isInstanceOf(UserException.class);
                assertThat(Native.livePointers()).as("NaN pixels").isLessThanOrEqualTo(before);
                assertThatThrownBy(() -> step.run(List.of(fourChannels()), 1, true))
                        .isInstanceOf(RuntimeException.class);
                assertThat(Native.livePointers()).as("four channels").isLessThanOrEqualTo(before);
            }
            assertThat(Autocast.type()).isEqualTo(DType.F32);
            assertThat(recordsGradients()).isTrue();
            assertThat(step.run(good, 1, true).loss())
                    .as("and the next one works")
                    .isFinite();
        }
    }

    @Test
    void forwardAloneKeepsItsResultOnly() {
        TinyRun tiny = new TinyRun(folder);
        ImageBatch batch = tiny.batches(1).get(0);
        try (PretrainSession training = new PretrainSession(tiny.config())) {
            long before = Native.livePointers();
            try (Scope scope = Scope.open()) {
                Input input = new Input(Tensors.of(batch.pixels(), batch.size(), 3, 16, 16), batch.ids());
                long inputs = Native.livePointers();
                Tensor targets = ((Data2Vec2) training.method()).targets(input);
                assertThat(Native.livePointers() - inputs)
                        .as("the teacher's pass")
                        .isLessThanOrEqualTo(1);
                assertThat(targets.toFloats()).doesNotContain(Float.NaN);
            }
            assertThat(Native.livePointers()).isLessThanOrEqualTo(before);
        }
    }

    private static boolean recordsGradients() {
        try (Scope scope = Scope.open()) {
            Tensor x = Tensors.of(new float[] {2}, 1).requiresGrad_(true);
            x.square().sum().backward();
            return x.grad().item() == 4;
        }
    }

    static ImageBatch nan(ImageBatch batch) {
        float[] pixels = batch.pixels().clone();
        Arrays.fill(pixels, 0, 3 * 16 * 16, Float.NaN);
        return new ImageBatch(batch.ids(), batch.labels(), 3, 16, 16, pixels, batch.next(), 0);
    }

    private static ImageBatch wrongSize() {
        return new ImageBatch(new long[1], new int[1], 3, 10, 10, new float[300], null, 0);
    }

    private static ImageBatch fourChannels() {
        return new ImageBatch(new long[1], new int[1], 4, 16, 16, new float[1024], null, 0);
    }

    /** Resident memory of this process, or 0 where the system does not tell. */
    private static long residentKilobytes() throws IOException {
        if (!Files.exists(STATUS)) {
            return 0;
        }
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }
}
