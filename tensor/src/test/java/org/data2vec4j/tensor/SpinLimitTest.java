package org.data2vec4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.data2vec4j.core.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class SpinLimitTest {
    @Test
    void whatTheEnvironmentSaysHolds() {
        assertThat(SpinLimit.wanted(Map.of(), null)).hasValue(SpinLimit.DEFAULT);
        assertThat(SpinLimit.wanted(Map.of("GOMP_SPINCOUNT", "7"), "5")).isEmpty();
        assertThat(SpinLimit.wanted(Map.of("OMP_WAIT_POLICY", "active"), null)).isEmpty();
    }

    @Test
    void aPropertySetsTheLimitOrLeavesIt() {
        assertThat(SpinLimit.wanted(Map.of(), "0")).hasValue(0);
        assertThat(SpinLimit.wanted(Map.of(), SpinLimit.UNCHANGED)).isEmpty();
        assertThatThrownBy(() -> SpinLimit.wanted(Map.of(), "-1"))
                .isInstanceOf(UserException.class)
                .hasMessage("-Ddata2vec4j.spinCount is '-1'; allowed: a number, 0 or more, or unchanged");
        assertThatThrownBy(() -> SpinLimit.wanted(Map.of(), "soon")).isInstanceOf(UserException.class);
    }

    /** What C code reads is what a child process inherits. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void theProcesssOwnEnvironmentIsChanged() throws Exception {
        assertThat(SpinLimit.put("DATA2VEC4J_TEST=7")).isTrue();
        Process child = new ProcessBuilder("sh", "-c", "echo $DATA2VEC4J_TEST").start();
        assertThat(new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim())
                .isEqualTo("7");
    }
}
