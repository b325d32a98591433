package org.data2vec4j.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.data2vec4j.cli.D2v;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class InferenceBenchTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int d2v(String... words) {
        return D2v.run(words, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    /** The features of the recipes' encoders are the same here and in ONNX Runtime. */
    @Test
    void tinyEncodersSideBySide() {
        assertThat(d2v("bench", "inference-tiny", "--updates", "2", "--threads", "1", "--json"))
                .as(err.toString())
                .isZero();
        JsonNode root = JsonMapper.shared().readTree(out.toString());
        assertThat(root.get("threads").asInt()).isEqualTo(1);
        assertThat(root.get("cases")).hasSize(3);
        for (JsonNode one : root.get("cases")) {
            assertThat(one.get("encoder").asString()).endsWith("-tiny");
            assertThat(one.get("parameters").asLong()).isGreaterThan(100_000);
            for (String side : new String[] {"ours_ms", "onnx_runtime_ms"}) {
                double median = one.get(side).get("median").asDouble();
                assertThat(median).isPositive();
                assertThat(one.get(side).get("p10").asDouble()).isLessThanOrEqualTo(median);
                assertThat(one.get(side).get("p90").asDouble()).isGreaterThanOrEqualTo(median);
            }
            assertThat(one.get("difference").asDouble()).isPositive().isLessThan(1e-4);
        }
    }

    @Test
    void otherNamesAreRefused() {
        assertThat(d2v("bench", "inference-huge")).isEqualTo(1);
        assertThat(err.toString())
                .contains("unknown bench inference-huge; there is inference, inference-tiny, inference-base")
                .hasLineCount(1);
    }
}
