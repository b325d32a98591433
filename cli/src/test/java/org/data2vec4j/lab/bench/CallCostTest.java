package org.data2vec4j.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import java.util.stream.LongStream;
import org.data2vec4j.cli.D2v;
import org.junit.jupiter.api.Test;

class CallCostTest {
    private static CallCost fitted(LongToDoubleFunction seconds) {
        return CallCost.fit(LongStream.of(1 << 10, 1 << 14, 1 << 18, 1 << 22)
                .mapToObj(bytes -> new ExchangeBench.Point(bytes, seconds.applyAsDouble(bytes), 0, 0))
                .toList());
    }

    @Test
    void aLineIsFound() {
        CallCost cost = fitted(bytes -> 2e-3 + bytes * 5e-10);
        assertThat(cost.call()).isCloseTo(2e-3, within(1e-12));
        assertThat(cost.perByte()).isCloseTo(5e-10, within(1e-18));
        assertThat(cost.seconds(3, 1e9)).isCloseTo(0.506, within(1e-9));
    }

    @Test
    void nothingCostsLessThanNothing() {
        assertThat(fitted(bytes -> bytes < 2000 ? 1e-9 : bytes * 1e-9).call()).isZero();
        CallCost falling = fitted(bytes -> 1.0 / bytes);
        assertThat(falling.perByte()).isZero();
        assertThat(falling.call()).isPositive();
        assertThat(CallCost.fit(List.of(new ExchangeBench.Point(8, 1, 0, 0), new ExchangeBench.Point(16, 1, 0, 0))))
                .satisfies(flat -> assertThat(flat.call()).isCloseTo(1, within(1e-12)))
                .satisfies(flat -> assertThat(flat.perByte()).isCloseTo(0, within(1e-12)));
    }

    @Test
    void oneProcessIsToldToStartSeveral() {
        StringWriter err = new StringWriter();
        int code = D2v.run(
                new String[] {"bench", "exchange"}, new PrintWriter(new StringWriter()), new PrintWriter(err, true));
        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).contains("d2v launch --nproc 2 -- bench exchange");
    }
}
