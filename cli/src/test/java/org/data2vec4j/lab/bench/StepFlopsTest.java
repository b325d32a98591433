package org.data2vec4j.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.data2vec4j.tensor.Flops;
import org.data2vec4j.train.PhaseClock;
import org.data2vec4j.train.Precision;
import org.data2vec4j.train.TrainStep;
import org.data2vec4j.train.loop.PretrainSession;
import org.data2vec4j.train.run.PretrainConfig;
import org.junit.jupiter.api.Test;

class StepFlopsTest {
    @Test
    void aSmallCaseByHand() {
        // B 2, M 3, R 6; a grid of 2×2: T 4, V 2, N 2; E 1; D 8, F 32, L 2; a patch has 48 numbers.
        StepFlops flops = StepFlops.of(SmallBench.config(Precision.FP32, 1, 1));
        // 2·48·8 = 768 for each of 2·4 patches, twice in the student and once in the teacher.
        assertThat(flops.patches()).isEqualTo(768 * 8 * 3);
        // A block over 3 tokens: 3 · 2·(8·24 + 8·8 + 2·8·32) = 4608, and attention 2 · 2·3·3·8 = 288.
        assertThat(flops.student()).isEqualTo(3L * 6 * 2 * (4608 + 288));
        // Over 5 tokens: 5 · 1536 = 7680, and 2 · 2·5·5·8 = 800.
        assertThat(flops.teacher()).isEqualTo(2L * 2 * (7680 + 800));
        // Two convolutions of 8 channels, 4 in each group, 3×3: 2·8·4·9 = 576 each, at each of 6·4 positions.
        assertThat(flops.convolutions()).isEqualTo(3L * 24 * 2 * 576);
        // 2·8·8 = 128 at each of 6·2 masked positions.
        assertThat(flops.projections()).isEqualTo(3L * 12 * 128);
        assertThat(flops.total()).isEqualTo(18_432 + 176_256 + 33_920 + 82_944 + 4_608);
    }

    @Test
    void theBenchImage() {
        StepFlops flops = StepFlops.of(BenchImage.config(Precision.FP32, 0, 20));
        // 13 tokens of 256 rows, 65 of 32, 12 blocks, D 192, F 768.
        long linear = 2L * 192 * (4 * 192 + 2 * 768);
        assertThat(flops.student()).isEqualTo(3 * 256 * 12 * (13 * linear + 4L * 13 * 13 * 192));
        assertThat(flops.teacher()).isEqualTo(32 * 12 * (65 * linear + 4L * 65 * 65 * 192));
        assertThat(flops.convolutions()).isEqualTo(3L * 256 * 64 * 6 * 2 * 192 * 12 * 9);
        assertThat(flops.projections()).isEqualTo(3L * 256 * 52 * 2 * 192 * 192);
    }

    @Test
    void whatIsCountedIsTheFormula() {
        PretrainConfig config = SmallBench.config(Precision.FP32, 1, 1);
        try (PretrainSession training = new PretrainSession(config)) {
            TrainStep step = training.step(PhaseClock.NONE);
            RandomBatches batches = new RandomBatches(config, 1);
            training.method().train(true);
            assertThat(Flops.of(() -> step.run(List.of(batches.of(0)), 0, false)))
                    .isEqualTo(StepFlops.of(config).total());
        }
    }

    @Test
    void quantilesLieOnStraightLines() {
        Quantiles quantiles = Quantiles.of(new double[] {5, 1, 4, 2, 3});
        assertThat(quantiles.at(0.5)).isEqualTo(3);
        assertThat(quantiles.at(0.1)).isEqualTo(1.4);
        assertThat(quantiles.at(1)).isEqualTo(5);
        assertThatThrownBy(() -> Quantiles.of(new double[0])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void peakOfAStatusFile() {
        assertThat(PeakMemory.parse(List.of("VmPeak:\t 9 kB", "VmHWM:\t  2048 kB")))
                .isEqualTo(2.0);
        assertThat(PeakMemory.parse(List.of("VmPeak:\t 9 kB"))).isNull();
    }
}
