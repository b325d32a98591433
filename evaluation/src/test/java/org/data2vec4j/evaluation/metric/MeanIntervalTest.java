package org.data2vec4j.evaluation.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.data2vec4j.core.Rng;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeanIntervalTest {
    @Test
    void threeValuesByHand() {
        MeanInterval interval = MeanInterval.of(new double[] {1, 2, 6});
        assertThat(interval.count()).isEqualTo(3);
        assertThat(interval.mean()).isEqualTo(3);
        // s² = (4 + 1 + 9) / 2 = 7, t = 4.3027: 4.3027 · √(7 / 3)
        assertThat(interval.half()).isCloseTo(6.5724, within(1e-3));
        assertThat(interval.low()).isEqualTo(3 - interval.half());
        assertThat(interval.high()).isEqualTo(3 + interval.half());
    }

    @Test
    void oneValueHasNoIntervalAndEqualOnesAnEmptyOne() {
        assertThat(MeanInterval.of(new double[] {5}).half()).isNaN();
        assertThat(MeanInterval.of(new double[] {5, 5}).half()).isZero();
        assertThatThrownBy(() -> MeanInterval.of(new double[0])).isInstanceOf(IllegalArgumentException.class);
    }

    /** Published tables of Student's t. */
    @ParameterizedTest
    @CsvSource({"1, 12.706", "2, 4.303", "20, 2.086", "21, 2.0796", "30, 2.0423", "60, 2.0003", "1000000, 1.95996"})
    void quantiles(int freedom, double expected) {
        assertThat(MeanInterval.quantile(freedom)).isCloseTo(expected, within(5e-4));
    }

    @Test
    void nineteenOfTwentyIntervalsHoldTheMean() {
        Rng rng = Rng.of(3);
        int held = 0;
        for (int i = 0; i < 4000; i++) {
            double[] draws = {rng.nextGaussian(), rng.nextGaussian(), rng.nextGaussian(), rng.nextGaussian()};
            MeanInterval interval = MeanInterval.of(draws);
            held += interval.low() <= 0 && 0 <= interval.high() ? 1 : 0;
        }
        assertThat(held / 4000.0).isCloseTo(0.95, within(0.012));
    }
}
