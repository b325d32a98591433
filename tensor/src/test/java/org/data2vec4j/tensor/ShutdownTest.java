package org.data2vec4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a process cannot be asked to end there")
class ShutdownTest {
    private static final int TERMINATED = 143;

    @TempDir
    Path folder;

    @RepeatedTest(3)
    void aSignalInTheMiddleOfBackPropagationEndsTheProcessQuietly() throws Exception {
        Ended ended = endInTheMiddle("convolve");
        assertThat(ended.lines).as(String.join("\n", ended.lines)).isEmpty();
        assertThat(ended.code).isEqualTo(TERMINATED);
    }

    @Test
    void whoDelaysItFinishesItsWorkFirst() throws Exception {
        Ended ended = endInTheMiddle("delay");
        assertThat(ended.lines).containsExactly("finished");
        assertThat(ended.code).isEqualTo(TERMINATED);
    }

    @Test
    void aHookMayStillCompute() throws Exception {
        Ended ended = endInTheMiddle("hook");
        assertThat(ended.lines).containsExactly("hook: 6.0");
        assertThat(ended.code).isEqualTo(TERMINATED);
    }

    private record Ended(int code, List<String> lines) {}

    private Ended endInTheMiddle(String what) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), Worker.class.getName(), what)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        while (process.isAlive() && !Files.readAllLines(output).contains("ready")) {
            Thread.sleep(5);
        }
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        List<String> lines = Files.readAllLines(output);
        return new Ended(process.exitValue(), lines.subList(lines.indexOf("ready") + 1, lines.size()));
    }

    /** Computes until it is ended. */
    static final class Worker {
        public static void main(String[] arguments) {
            Native.threads(2);
            try (Scope run = Scope.open()) {
                Tensor image = Tensors.zeros(DType.F32, Device.CPU, 8, 28, 28, 64)
                        .add(1)
                        .requiresGrad_(true);
                Tensor weight = Tensors.zeros(DType.F32, Device.CPU, 64, 64, 3, 3)
                        .add(1)
                        .requiresGrad_(true);
                once(image, weight);
                if (arguments[0].equals("delay")) {
                    try (Shutdown.Delay delay = Shutdown.delay()) {
                        System.out.println("ready");
                        for (int i = 0; i < 20; i++) {
                            once(image, weight);
                        }
                        System.out.println("finished");
                    }
                } else if (arguments[0].equals("hook")) {
                    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                        try (Scope scope = Scope.open()) {
                            System.out.println("hook: "
                                    + Tensors.zeros(DType.F32, Device.CPU, 6)
                                            .add(1)
                                            .sum()
                                            .item());
                        }
                    }));
                    System.out.println("ready");
                } else {
                    System.out.println("ready");
                }
                while (true) {
                    once(image, weight);
                }
            }
        }

        private static void once(Tensor image, Tensor weight) {
            try (Scope step = Scope.open()) {
                F.conv2d(image, weight, null, 1, 1).sum().backward();
            }
        }
    }
}
