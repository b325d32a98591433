package org.data2vec4j.evaluation.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.data2vec4j.core.Rng;
import org.data2vec4j.core.UserException;
import org.junit.jupiter.api.Test;

class SeedSummaryTest {
    @Test
    void medianRangeAndIntervalInAnyOrder() {
        SeedSummary summary = SeedSummary.of(new double[] {0.7, 0.5, 0.9, 0.6, 0.8}, 3);
        assertThat(summary.count()).isEqualTo(5);
        assertThat(summary.median()).isEqualTo(0.7);
        assertThat(summary.mean()).isCloseTo(0.7, within(1e-12));
        assertThat(summary.minimum()).isEqualTo(0.5);
        assertThat(summary.maximum()).isEqualTo(0.9);
        // Of five draws' medians 5.8 % are the lowest value and as many the highest, so the interval is the whole
        // range.
        assertThat(summary.low()).isEqualTo(0.5);
        assertThat(summary.high()).isEqualTo(0.9);
        assertThat(SeedSummary.of(new double[] {0.9, 0.8, 0.7, 0.6, 0.5}, 3)).isEqualTo(summary);
        assertThat(SeedSummary.of(new double[] {1, 2, 3, 4}, 3).median()).isEqualTo(2.5);
    }

    @Test
    void theIntervalNarrowsWithMoreScores() {
        double few = width(8);
        assertThat(width(200)).isLessThan(few / 2).isPositive();
    }

    private static double width(int count) {
        Rng rng = Rng.of(81);
        double[] scores = new double[count];
        Arrays.setAll(scores, i -> rng.nextGaussian());
        SeedSummary summary = SeedSummary.of(scores, 1);
        assertThat(summary.median()).isBetween(summary.low(), summary.high());
        return summary.high() - summary.low();
    }

    @Test
    void oneScoreIsItsOwnIntervalAndNoneIsAnError() {
        assertThat(SeedSummary.of(new double[] {0.4}, 1)).isEqualTo(new SeedSummary(1, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4));
        assertThatThrownBy(() -> SeedSummary.of(new double[0], 1)).isInstanceOf(UserException.class);
        assertThatThrownBy(() -> SeedSummary.of(new double[] {1, Double.NaN}, 1))
                .hasMessageContaining("NaN");
    }
}
