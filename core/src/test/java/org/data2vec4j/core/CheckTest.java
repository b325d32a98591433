package org.data2vec4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CheckTest {
    @Test
    void passesLegalValuesThrough() {
        assertThat(Check.inRange("ratio", 0.8, 0, 1)).isEqualTo(0.8);
        assertThat(Check.positive("batch", 4)).isEqualTo(4);
    }

    @Test
    void namesFieldValueAndRange() {
        assertThatThrownBy(() -> Check.inRange("ratio", 1.5, 0, 1))
                .isInstanceOf(UserException.class)
                .hasMessage("ratio is 1.5; allowed: 0 to 1");
        assertThatThrownBy(() -> Check.positive("batch", 0)).hasMessage("batch is 0; allowed: 1 or more");
        assertThatThrownBy(() -> Check.notNegative("decay", Double.NaN)).hasMessageContaining("decay is NaN");
    }
}
