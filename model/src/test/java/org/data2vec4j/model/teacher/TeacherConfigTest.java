package org.data2vec4j.model.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.data2vec4j.core.UserException;
import org.junit.jupiter.api.Test;

class TeacherConfigTest {
    @Test
    void aLineFromStartToEndThenConstant() {
        TeacherConfig schedule = new TeacherConfig(0.9998, 0.99999, 100_000);
        assertThat(schedule.decay(0)).isEqualTo(0.9998);
        assertThat(schedule.decay(50_000)).isCloseTo((0.9998 + 0.99999) / 2, within(1e-15));
        assertThat(schedule.decay(100_000)).isEqualTo(0.99999);
        assertThat(schedule.decay(Long.MAX_VALUE)).isEqualTo(0.99999);
        double before = 0;
        for (long update = 0; update < 100_100; update++) {
            double decay = schedule.decay(update);
            assertThat(decay >= before && decay <= 0.99999).isTrue();
            before = decay;
        }
    }

    @Test
    void edgesOfTheRange() {
        assertThat(new TeacherConfig(0.999, 1, 0).decay(0)).isEqualTo(1);
        assertThat(new TeacherConfig(0.5, 0.5, 10).decay(3)).isEqualTo(0.5);
        assertThat(new TeacherConfig(0, 1, 4).decay(1)).isEqualTo(0.25);
    }

    @Test
    void illegalSettingsNameTheField() {
        assertThatThrownBy(() -> new TeacherConfig(1.1, 1, 0))
                .isInstanceOf(UserException.class)
                .hasMessage("start is 1.1; allowed: 0 to 1");
        assertThatThrownBy(() -> new TeacherConfig(1, -0.1, 0)).hasMessageStartingWith("end is -0.1");
        assertThatThrownBy(() -> new TeacherConfig(0, 1, -1)).hasMessageStartingWith("anneal_updates is -1");
        assertThatThrownBy(() -> new TeacherConfig(0, 1, 5).decay(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
