package org.data2vec4j.model.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.InScope;
import org.data2vec4j.model.Tiny;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.mask.Compat;
import org.data2vec4j.model.mask.Grid;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.nn.Block;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.model.teacher.TargetsConfig.Feature;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.tensor.distributed.BatchStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Targets against loops in double precision. Shapes: 3 samples, 1 extra token, 4 positions, 6 features, 3 blocks. */
@ExtendWith(InScope.class)
class TargetsTest {
    private static final Layout LAYOUT = Layout.of(Grid.row(TargetsTest.T), TargetsTest.B);
    private static final int B = 3;
    private static final int E = 1;
    private static final int T = 4;
    private static final int D = 6;
    private static final double EPSILON = 1e-5;

    static Stream<Arguments> everySetting() {
        List<List<TargetNormalization>> steps = new ArrayList<>();
        steps.add(List.of());
        for (TargetNormalization step : TargetNormalization.values()) {
            steps.add(List.of(step));
        }
        steps.add(List.of(TargetNormalization.INSTANCE_NORM, TargetNormalization.LAYER_NORM));
        List<Arguments> all = new ArrayList<>();
        for (Feature feature : Feature.values()) {
            for (List<TargetNormalization> each : steps) {
                for (List<TargetNormalization> average : steps) {
                    all.add(Arguments.of(feature, each, average));
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("everySetting")
    void theLastBlocksNormalisedAveragedNormalised(
            Feature feature, List<TargetNormalization> each, List<TargetNormalization> average) {
        for (int layers = 1; layers <= 3; layers++) {
            Encoder.Output teacher = teacher();
            float[] got = targets(new TargetsConfig(layers, feature, each, average), teacher, LAYOUT)
                    .toFloats();
            double[][][] mean = new double[B][T][D];
            for (Block.Output block : teacher.blocks().subList(3 - layers, 3)) {
                double[][][] x = values(feature == Feature.FEED_FORWARD ? block.feedForward_BTD() : block.tokens_BTD());
                each.forEach(step -> normalise(x, step));
                forEach((b, t, d) -> mean[b][t][d] += x[b][t][d]);
            }
            int count = layers;
            forEach((b, t, d) -> mean[b][t][d] /= count);
            average.forEach(step -> normalise(mean, step));
            forEach((b, t, d) -> assertThat((double) got[(b * T + t) * D + d])
                    .as("%s layers, %s %s %s", count, b, t, d)
                    .isCloseTo(mean[b][t][d], offset(2e-5)));
        }
    }

    @ParameterizedTest
    @MethodSource("everySetting")
    void paddingChangesNoTarget(Feature feature, List<TargetNormalization> each, List<TargetNormalization> average) {
        TargetsConfig config = new TargetsConfig(2, feature, each, average);
        Encoder.Output teacher = teacher();
        float[] alone = targets(config, teacher, LAYOUT).toFloats();
        List<Block.Output> longer = teacher.blocks().stream()
                .map(block -> new Block.Output(padded(block.tokens_BTD()), padded(block.feedForward_BTD())))
                .toList();
        int[] lengths = new int[B];
        Arrays.fill(lengths, T);
        Layout layout = Layout.padded(T + 2, lengths, Compat.NONE);
        Encoder.Output output =
                new Encoder.Output(List.of(), longer, longer.get(2).tokens_BTD(), E);
        assertThat(targets(config, output, layout).narrow(1, 0, T).toFloats()).containsExactly(alone, offset(2e-5f));
    }

    private static Tensor padded(Tensor x_BTD) {
        return Tensors.cat(List.of(x_BTD, Tiny.normal(9, B, 2, D).mul(100)), 1);
    }

    @Test
    void aBlocksOwnOutputMayBeTheTarget() {
        Tensor x_BTD = Tiny.normal(1, B, T, D);
        TargetsConfig config = new TargetsConfig(1, Feature.BLOCK_OUTPUT, List.of(), List.of());
        TargetSum sum = new Targets(config)
                .sum(
                        new EncoderConfig(0, 1, 0, Tiny.block(NormPlacement.POST)),
                        LAYOUT,
                        Device.CPU,
                        BatchStatistics.single());
        Block.Output passing = new Block.Output(x_BTD.copy(), x_BTD.copy());
        Grad.noGrad(() -> sum.visit(0, passing));
        passing.tokens_BTD().free();
        assertThat(sum.targets().toFloats()).containsExactly(x_BTD.toFloats());
    }

    @Test
    void lowPrecisionFeaturesBecomeFloat32First() {
        List<Block.Output> blocks = teacher().blocks().stream()
                .map(block -> new Block.Output(
                        block.tokens_BTD().to(DType.BF16),
                        block.feedForward_BTD().to(DType.BF16)))
                .toList();
        Tensor targets = targets(
                TargetsConfig.image(3),
                new Encoder.Output(List.of(), blocks, blocks.get(2).tokens_BTD(), E),
                LAYOUT);
        assertThat(targets.type()).isEqualTo(DType.F32);
        float[] exact = targets(TargetsConfig.image(3), teacher(), LAYOUT).toFloats();
        assertThat(targets.toFloats()).containsExactly(exact, offset(0.05f));
    }

    @Test
    void settingsAreCheckedAndCopied() {
        assertThatThrownBy(() -> TargetsConfig.image(0))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("layers is 0");
        List<TargetNormalization> mutable = new ArrayList<>();
        TargetsConfig config = new TargetsConfig(1, Feature.FEED_FORWARD, mutable, List.of());
        mutable.add(TargetNormalization.LAYER_NORM);
        assertThat(config.each()).isEmpty();
    }

    private static Tensor targets(TargetsConfig config, Encoder.Output teacher, Layout layout) {
        EncoderConfig encoder = new EncoderConfig(0, 3, E, Tiny.block(NormPlacement.POST));
        TargetSum sum = new Targets(config).sum(encoder, layout, Device.CPU, BatchStatistics.single());
        for (int i = 0; i < teacher.blocks().size(); i++) {
            int number = i;
            Block.Output block = teacher.blocks().get(i);
            Block.Output passing = new Block.Output(
                    block.tokens_BTD().copy(), block.feedForward_BTD().copy());
            Grad.noGrad(() -> sum.visit(number, passing));
            passing.tokens_BTD().free(); // as an encoder does
            passing.feedForward_BTD().free();
        }
        return sum.targets();
    }

    private static Encoder.Output teacher() {
        List<Block.Output> blocks = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            blocks.add(new Block.Output(
                    Tiny.normal(10 + i, B, E + T, D).mul(i + 1).add(i),
                    Tiny.normal(20 + i, B, E + T, D).mul(2 * i + 1).add(-i)));
        }
        return new Encoder.Output(List.of(), blocks, blocks.get(2).tokens_BTD(), E);
    }

    private static double[][][] values(Tensor x_BED) {
        float[] flat = x_BED.toFloats();
        double[][][] x = new double[B][T][D];
        forEach((b, t, d) -> x[b][t][d] = flat[(b * (E + T) + E + t) * D + d]);
        return x;
    }

    private interface Cell {
        void at(int b, int t, int d);
    }

    private static void forEach(Cell cell) {
        for (int b = 0; b < B; b++) {
            for (int t = 0; t < T; t++) {
                for (int d = 0; d < D; d++) {
                    cell.at(b, t, d);
                }
            }
        }
    }

    /** Each group of cells to mean 0 and (biased) variance 1. */
    private static void normalise(double[][][] x, TargetNormalization step) {
        int groups = B * T * D;
        double[] sum = new double[groups];
        double[] squares = new double[groups];
        int[] count = new int[groups];
        forEach((b, t, d) -> {
            sum[group(step, b, t, d)] += x[b][t][d];
            count[group(step, b, t, d)]++;
        });
        forEach((b, t, d) -> {
            int g = group(step, b, t, d);
            squares[g] += Math.pow(x[b][t][d] - sum[g] / count[g], 2);
        });
        forEach((b, t, d) -> {
            int g = group(step, b, t, d);
            x[b][t][d] = (x[b][t][d] - sum[g] / count[g]) / Math.sqrt(squares[g] / count[g] + EPSILON);
        });
    }

    private static int group(TargetNormalization step, int b, int t, int d) {
        return switch (step) {
            case INSTANCE_NORM -> b * D + d;
            case BATCH_NORM -> d;
            case LAYER_NORM -> b * T + t;
        };
    }
}
