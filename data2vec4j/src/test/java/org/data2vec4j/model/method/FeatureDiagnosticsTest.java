package org.data2vec4j.model.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.data2vec4j.model.InScope;
import org.data2vec4j.model.Tiny;
import org.data2vec4j.model.mask.Compat;
import org.data2vec4j.model.mask.Grid;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.method.data2vec2.Data2Vec2;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.tensor.distributed.BatchStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InScope.class)
class FeatureDiagnosticsTest {
    @Test
    void effectiveRankOfKnownSpectra() {
        assertThat(FeatureDiagnostics.effectiveRank(spread(1, 1, 1, 1))).isCloseTo(4, offset(1e-4));
        assertThat(FeatureDiagnostics.effectiveRank(spread(1, 1, 0, 0))).isCloseTo(2, offset(1e-4));
        assertThat(FeatureDiagnostics.effectiveRank(spread(3, 0, 0, 0))).isCloseTo(1, offset(1e-4));
        double a = 4.0 / 5; // variances 4 : 1
        double b = 1.0 / 5;
        assertThat(FeatureDiagnostics.effectiveRank(spread(2, 1, 0, 0)))
                .isCloseTo(Math.exp(-a * Math.log(a) - b * Math.log(b)), offset(1e-4));
    }

    @Test
    void effectiveRankDoesNotDependOnPlaceScaleOrRotation() {
        double rank = FeatureDiagnostics.effectiveRank(Tiny.normal(1, 30, 8));
        assertThat(rank).isBetween(5.0, 8.0);
        assertThat(FeatureDiagnostics.effectiveRank(Tiny.normal(1, 30, 8).add(50)))
                .isCloseTo(rank, offset(1e-2));
        assertThat(FeatureDiagnostics.effectiveRank(Tiny.normal(1, 30, 8).mul(1e-3)))
                .isCloseTo(rank, offset(1e-3));
        assertThat(FeatureDiagnostics.effectiveRank(
                        Tiny.normal(1, 30, 8).sub(Tiny.normal(1, 30, 8)).add(0.1)))
                .as("all rows equal")
                .isCloseTo(1, offset(1e-6));
        assertThat(FeatureDiagnostics.effectiveRank(Tiny.normal(1, 5, 8).mul(Double.NaN)))
                .isNaN();
        assertThat(FeatureDiagnostics.effectiveRank(Tiny.normal(1, 5, 8).mul(1e30)))
                .isNaN(); // its squares overflow
        assertThat(FeatureDiagnostics.effectiveRank(Tiny.normal(1, 1, 8)))
                .as("one row")
                .isCloseTo(1, offset(1e-6));
    }

    @Test
    void deviationIsTheMeanOfTheFeaturesDeviations() {
        float[] x = Tiny.values(7 * 3, 1);
        double mean = 0;
        for (int d = 0; d < 3; d++) {
            double sum = 0;
            for (int n = 0; n < 7; n++) {
                sum += x[n * 3 + d] / 7.0;
            }
            double squares = 0;
            for (int n = 0; n < 7; n++) {
                squares += Math.pow(x[n * 3 + d] - sum, 2) / 6;
            }
            mean += Math.sqrt(squares + 1e-6) / 3;
        }
        assertThat(FeatureDiagnostics.deviation(Tensors.of(x, 7, 3))).isCloseTo(mean, offset(1e-5));
        assertThat(FeatureDiagnostics.deviation(Tensors.of(x, 7, 3).add(1000)))
                .as("two passes: a large mean does not drown it")
                .isCloseTo(mean, offset(1e-3));
        assertThat(FeatureDiagnostics.deviation(Tensors.of(x, 1, 21))).isZero();
        assertThat(FeatureDiagnostics.deviation(Tensors.of(x, 7, 3).mul(0))).isCloseTo(1e-3, offset(1e-6));
        assertThat(FeatureDiagnostics.deviation(Tensors.of(x, 7, 3).to(DType.BF16)))
                .isCloseTo(mean, offset(0.02));
    }

    @Test
    void sharesOfTargetsMadeOfPositionOnly() {
        assertShares(Tiny.normal(1, 1, 6, 4).expand(5, -1, -1), 1, 0);
    }

    @Test
    void sharesOfTargetsMadeOfTheSampleOnly() {
        assertShares(Tiny.normal(1, 5, 1, 4).expand(-1, 6, -1), 0, 1);
    }

    @Test
    void sharesOfASumOfBothAddUpToOne() {
        Tensor position = Tiny.normal(1, 1, 6, 4).mul(2);
        Tensor sample = Tiny.normal(2, 5, 1, 4);
        Map<String, Double> shares = byName(explained(position.add(sample)));
        double byPosition = shares.get("health/explained_by_position");
        double bySample = shares.get("health/explained_by_sample");
        // Undo the adjustment for 6 positions and 5 samples among 30 rows: the raw shares of a sum add up.
        double rawByPosition = 1 - (1 - byPosition) * (30 - 6) / 29;
        double rawBySample = 1 - (1 - bySample) * (30 - 5) / 29;
        assertThat(rawByPosition + rawBySample).isCloseTo(1, offset(1e-4));
        assertThat(byPosition).isGreaterThan(bySample).isLessThan(0.99);
    }

    @Test
    void sharesOfNoiseAndOfConstantsAreSmall() {
        Map<String, Double> noise = byName(explained(Tiny.normal(1, 40, 30, 4)));
        assertThat(noise.get("health/explained_by_position")).isLessThan(0.02);
        assertThat(noise.get("health/explained_by_sample")).isLessThan(0.02);
        assertThat(noise.get("health/explained_by_batch_mean")).isLessThan(0.01);
        assertShares(Tensors.zeros(DType.F32, Device.CPU, 3, 4, 5), 0, 0);
    }

    @Test
    void paddingIsLeftOutOfShares() {
        Tensor valid = Tiny.normal(1, 3, 6, 4).add(2);
        float[] values = Tiny.normal(5, 3, 8, 4).mul(50).toFloats();
        float[] inside = valid.toFloats();
        for (int i = 0; i < inside.length; i++) {
            values[i / 24 * 32 + i % 24] = inside[i];
        }
        Layout padded = Layout.padded(8, new int[] {6, 6, 6}, Compat.NONE);
        assertThat(byName(FeatureDiagnostics.explained(Tensors.of(values, 3, 8, 4), padded, BatchStatistics.single()))
                        .entrySet())
                .allSatisfy(entry -> assertThat(entry.getValue())
                        .isCloseTo(byName(explained(valid)).get(entry.getKey()), offset(1e-4)));
    }

    @Test
    void oneVectorForAllIsABatchMean() {
        Tensor same = Tiny.normal(1, 1, 1, 4).expand(5, 6, -1);
        assertThat(byName(explained(same)).get("health/explained_by_batch_mean"))
                .isCloseTo(1, offset(1e-5));
    }

    private static List<Diagnostic> explained(Tensor targets_BTD) {
        Grid row = Grid.row((int) targets_BTD.size(1));
        return FeatureDiagnostics.explained(
                targets_BTD, Layout.of(row, (int) targets_BTD.size(0)), BatchStatistics.single());
    }

    @Test
    void everyStageIsMeasured() {
        Data2Vec2 method = Tiny.method(3);
        List<Diagnostic> diagnostics =
                method.forward(Tiny.images(2, 1), 0, true).diagnostics();
        Map<String, Double> byName = byName(diagnostics);
        assertThat(byName.keySet())
                .containsExactlyInAnyOrder(
                        "mask/ratio",
                        "target/std",
                        "prediction/std",
                        "health/explained_by_position",
                        "health/explained_by_sample",
                        "health/explained_by_batch_mean",
                        "health/target_rank",
                        "health/student_rank",
                        "health/std_block_00",
                        "health/std_block_01");
        assertThat(byName.values()).allSatisfy(value -> assertThat(value).isFinite());
        assertThat(byName.get("mask/ratio")).isEqualTo(0.5);
        assertThat(method.forward(Tiny.images(2, 1), 0, false).diagnostics()).isEmpty();
    }

    private static void assertShares(Tensor targets_BTD, double position, double sample) {
        Map<String, Double> shares = byName(explained(targets_BTD));
        assertThat(shares.get("health/explained_by_position")).isCloseTo(position, offset(1e-5));
        assertThat(shares.get("health/explained_by_sample")).isCloseTo(sample, offset(1e-5));
    }

    private static Map<String, Double> byName(List<Diagnostic> diagnostics) {
        return diagnostics.stream().collect(Collectors.toMap(Diagnostic::name, Diagnostic::value));
    }

    /** Rows at plus and minus each scale along each axis: a covariance proportional to the scales' squares. */
    private static Tensor spread(float... scales) {
        int n = scales.length;
        float[] rows = new float[2 * n * n];
        for (int i = 0; i < n; i++) {
            rows[2 * i * n + i] = scales[i];
            rows[(2 * i + 1) * n + i] = -scales[i];
        }
        return Tensors.of(rows, 2L * n, n);
    }
}
