package org.data2vec4j.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.data2vec4j.cli.D2v;
import org.data2vec4j.train.Precision;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ScalingBenchTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private String print(boolean json) {
        List<ScalingBench.Series> series = List.of(new ScalingBench.Series(
                "batch", List.of(1, 2), List.of(new BenchImage.Size(1, 1, 8, 64), new BenchImage.Size(2, 1, 8, 64))));
        new ScalingBench(series, List.of(Precision.FP32), 1, 1)
                .print(new PrintWriter(out, true), new PrintWriter(err, true), json);
        return out.toString();
    }

    @Test
    void slopeOfAPower() {
        double[] x = {Math.log(2), Math.log(4), Math.log(8)};
        double[] y = {Math.log(3 * 4), Math.log(3 * 16), Math.log(3 * 64)}; // 3·x²
        assertThat(ScalingBench.slope(x, y)).isCloseTo(2, within(1e-12));
    }

    @Test
    void tableOfEachSize() {
        assertThat(print(false)).contains("batch, float32, 1 timed updates of each: time grows as batch^");
        assertThat(out.toString().lines().filter(line -> line.endsWith("%"))).hasSize(2);
    }

    @Test
    void jsonWithTwiceTheProductsForTwiceTheBatch() {
        JsonNode series =
                JsonMapper.shared().readTree(print(true)).get("float32").get(0);
        assertThat(series.get("grows").asString()).isEqualTo("batch");
        JsonNode sizes = series.get("sizes");
        assertThat(sizes.get(0).get("median_ms").asDouble()).isPositive();
        assertThat(sizes.get(1).get("flops").asLong())
                .isEqualTo(2 * sizes.get(0).get("flops").asLong());
    }

    @Test
    void wrongWordsAreNamed() {
        assertThat(D2v.run(
                        new String[] {"bench", "scaling", "--precision", "fp8"},
                        new PrintWriter(out, true),
                        new PrintWriter(err, true)))
                .isEqualTo(1);
        assertThat(err.toString()).contains("--precision is fp8; allowed: fp32, bf16, both");
    }

    @Test
    void theSizesOfTheBenchAreAmongThem() {
        assertThat(List.of(
                                ScalingBench.Series.batch(32),
                                ScalingBench.Series.clones(8),
                                ScalingBench.Series.tokens(32),
                                ScalingBench.Series.width(192))
                        .stream()
                        .flatMap(series -> series.sizes().stream())
                        .distinct())
                .containsExactly(BenchImage.Size.BENCH);
    }
}
