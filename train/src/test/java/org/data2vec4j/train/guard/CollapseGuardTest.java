package org.data2vec4j.train.guard;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.method.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CollapseGuardTest {
    private static final GuardConfig THRESHOLDS = new GuardConfig(10, 0.1, 0.01, 0.95, 0.02);

    private static String remedy(String diagnostic) {
        return "advice about " + diagnostic;
    }

    @ParameterizedTest
    @CsvSource({
        "target/std, 0.0999, 0.1, 'below guard.min_target_std=0.1'",
        "prediction/std, 0.0099, 0.01, 'below guard.min_prediction_std=0.01'",
        "health/explained_by_position, 0.951, 0.95, 'above guard.max_explained_by_position=0.95'",
        "codes/use, 0.019, 0.02, 'below guard.min_code_use=0.02'",
    })
    void stopsPastEachThresholdOnceItIsInForce(String name, double sick, double healthy, String reason) {
        CollapseGuard guard = new CollapseGuard(THRESHOLDS, CollapseGuardTest::remedy);
        List<Diagnostic> collapsed = List.of(new Diagnostic("mask/ratio", 0.8), new Diagnostic(name, sick));
        assertThatCode(() -> guard.checkHealth(9, collapsed)).doesNotThrowAnyException();
        assertThatCode(() -> guard.checkHealth(10, List.of(new Diagnostic(name, healthy))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> guard.checkHealth(10, collapsed))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("update 11: collapse: " + name + " is ")
                .hasMessageContaining(reason)
                .hasMessageContaining("or advice about " + name + ";")
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @CsvSource({"target/std", "prediction/std", "health/explained_by_position", "codes/use"})
    void aMonitorThatIsNotANumberIsNotHealthy(String name) {
        List<Diagnostic> sick = List.of(new Diagnostic(name, Double.NaN));
        assertThatThrownBy(() -> new CollapseGuard(THRESHOLDS, CollapseGuardTest::remedy).checkHealth(10, sick))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(name + " is NaN");
    }

    @Test
    void zeroAndOneIgnore() {
        CollapseGuard off = new CollapseGuard(new GuardConfig(0, 0, 0, 1), CollapseGuardTest::remedy);
        assertThatCode(() -> off.checkHealth(
                        0,
                        List.of(
                                new Diagnostic("target/std", 0),
                                new Diagnostic("prediction/std", 0),
                                new Diagnostic("codes/use", 0),
                                new Diagnostic("health/explained_by_position", 1.0000001)))) // shares are rounded
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"NaN,1", "1,NaN", "Infinity,1", "1,Infinity", "-Infinity,1"})
    void whatIsNotFiniteStopsAtOnce(double loss, double norm) {
        CollapseGuard guard = new CollapseGuard(new GuardConfig(1_000_000, 0, 0, 1), CollapseGuardTest::remedy);
        assertThatThrownBy(() -> guard.checkFinite(0, loss, norm))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("update 1: the loss is " + loss + " and the gradient's norm " + norm);
        assertThatCode(() -> guard.checkFinite(0, 1e30, 0)).doesNotThrowAnyException();
    }

    @Test
    void illegalSettingsNameTheField() {
        assertThatThrownBy(() -> new GuardConfig(-1, 0, 0, 1)).hasMessageStartingWith("after_updates is -1");
        assertThatThrownBy(() -> new GuardConfig(0, -1, 0, 1)).hasMessageStartingWith("min_target_std is -1");
        assertThatThrownBy(() -> new GuardConfig(0, 0, Double.NaN, 1))
                .hasMessageStartingWith("min_prediction_std is NaN");
        assertThatThrownBy(() -> new GuardConfig(0, 0, 0, 1, -1)).hasMessageStartingWith("min_code_use is -1");
        assertThatThrownBy(() -> new GuardConfig(0, 0, 0, 1.5))
                .hasMessageStartingWith("max_explained_by_position is 1.5");
    }
}
