package org.data2vec4j.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void whatMovesTheCursorOrTurnsTextIsWrittenAsNumbers() {
        assertThat(Printable.of("a\u001b[2Jb\u0007\u009b1m\u007f\u202ec"))
                .isEqualTo("a\\u001b[2Jb\\u0007\\u009b1m\\u007f\\u202ec");
        assertThat(Printable.of("é 猫 🐈\tz\r\n")).isEqualTo("é 猫 🐈\tz\r\n");
    }
}
