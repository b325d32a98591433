package org.data2vec4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.data2vec4j.core.Rng;
import org.junit.jupiter.api.Test;

class SeriesTest {
    private static Series of(double... y) {
        double[] x = new double[y.length];
        Arrays.setAll(x, i -> i + 1);
        return new Series("a", x, y);
    }

    @Test
    void decimationKeepsExtremesGapsAndOrder() {
        Rng rng = Rng.of(5);
        double[] y = new double[100_000];
        Arrays.setAll(y, i -> rng.nextGaussian());
        y[12_345] = 99;
        y[77_777] = -99;
        y[50_001] = Double.NaN;
        Series small = of(y).decimated(1000);
        assertThat(small.size()).isBetween(900, 1100);
        assertThat(small.y()).contains(99, -99);
        assertThat(small.gaps()).isEqualTo(1);
        assertThat(small.x()).isSorted();
        Series same = of(1, 2, 3);
        assertThat(same.decimated(3)).isSameAs(same);
    }

    @Test
    void aBucketThatBeginsWithAGapStillKeepsItsExtremes() {
        double[] y = new double[100];
        Arrays.setAll(y, i -> i % 50 < 20 ? Double.NaN : i);
        assertThat(of(y).decimated(4).finite()).containsExactly(20, 49, 70, 99);
    }

    @Test
    void smoothingLooksBothWaysAndSkipsGaps() {
        Series smooth = of(4, 4, Double.NaN, 4, 4).smoothed(2);
        assertThat(smooth.y()[0]).isEqualTo(4);
        assertThat(smooth.y()[2]).isNaN();
        assertThat(smooth.y()[4]).isCloseTo(4, within(1e-12));
        assertThat(of(0, 0, 1, 0, 0).smoothed(2).y())
                .containsExactly(new double[] {1 / 7.75, 0.2, 0.4, 0.2, 1 / 7.75}, within(0.05));
        assertThat(of(3, 1, 2).smoothed(1).y()).containsExactly(3, 1, 2);
    }

    @Test
    void aStraightFallIsNotDelayed() {
        double[] y = new double[201];
        Arrays.setAll(y, i -> 200 - i);
        assertThat(of(y).smoothed(10).y()[100]).isCloseTo(100, within(1e-3));
    }

    @Test
    void aScheduleIsNotNoisyAndALossIs() {
        Rng rng = Rng.of(2);
        double[] schedule = new double[500];
        double[] loss = new double[500];
        Arrays.setAll(schedule, i -> Math.sin(i / 100.0));
        Arrays.setAll(loss, i -> 1 - i / 500.0 + 0.1 * rng.nextGaussian());
        assertThat(of(schedule).noisy()).isFalse();
        assertThat(of(loss).noisy()).isTrue();
        assertThat(of(1, 1, 1).noisy()).isFalse();
    }
}
