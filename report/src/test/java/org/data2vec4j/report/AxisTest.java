package org.data2vec4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTest {
    private static List<String> labels(double low, double high, boolean log) {
        return new Axis(low, high, log, 0, 100)
                .ticks(5).stream().map(Axis.Tick::label).toList();
    }

    @Test
    void ticksAreRoundNumbers() {
        assertThat(labels(0, 1, false)).containsExactly("0", "0.2", "0.4", "0.6", "0.8", "1.0");
        assertThat(labels(0, 15_000, false)).containsExactly("0", "5k", "10k", "15k");
        assertThat(labels(0, 2e6, false)).containsExactly("0", "500k", "1M", "1.5M", "2M");
        assertThat(labels(0, 1.1, false)).containsExactly("0", "0.25", "0.50", "0.75", "1.00");
        assertThat(labels(-1, 1, false)).containsExactly("−1.0", "−0.5", "0", "0.5", "1.0");
        assertThat(labels(0, 1e-4, false)).containsExactly("0", "2×10⁻⁵", "4×10⁻⁵", "6×10⁻⁵", "8×10⁻⁵", "10⁻⁴");
        assertThat(labels(0.998, 0.9999, false)).containsExactly("0.9980", "0.9985", "0.9990", "0.9995");
    }

    @Test
    void logarithmicTicksAreDecadesOrOneTwoFive() {
        assertThat(labels(1e-6, 1, true)).containsExactly("10⁻⁶", "10⁻⁴", "0.01", "1");
        assertThat(labels(0.1, 10, true)).containsExactly("0.1", "0.2", "0.5", "1", "2", "5", "10");
        assertThat(labels(1, 2, true)).containsExactly("1.0", "1.2", "1.4", "1.6", "1.8", "2.0");
    }

    @Test
    void valuesLieBetweenTheEnds() {
        Axis linear = Axis.values(new double[] {2, 3}, false, 200, 0);
        assertThat(linear.low()).isCloseTo(1.94, within(1e-9));
        assertThat(linear.pixel(2.5)).isCloseTo(100, within(1e-9));
        assertThat(Axis.values(new double[] {0.1, 1}, false, 0, 1).low()).isZero();
        Axis log = Axis.values(new double[] {1, 100}, true, 200, 0);
        assertThat(log.pixel(10)).isCloseTo(100, within(1e-9));
        assertThat(Axis.updates(new double[] {10, 15_000}, 0, 1).low()).isZero();
        assertThat(Axis.updates(new double[] {7}, 0, 1).pixel(7)).isEqualTo(0.5);
    }

    @Test
    void numbersAreBrief() {
        assertThat(List.of(0.41234, 1520.4, 42.0, 3.1e-5, 2.5e6, -0.5, 0.0, Double.NaN))
                .extracting(Numbers::brief)
                .containsExactly("0.412", "1520", "42.0", "3.1×10⁻⁵", "2.5×10⁶", "−0.500", "0", "–");
    }
}
