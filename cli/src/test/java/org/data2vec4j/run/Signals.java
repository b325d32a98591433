package org.data2vec4j.run;

import static org.assertj.core.api.Assertions.assertThat;

/** Signals to processes, by the command {@code kill}. */
final class Signals {
    private Signals() {}

    static void send(String name, Process process) throws Exception {
        int code = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
        assertThat(code).isZero();
    }
}
