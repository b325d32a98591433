package org.data2vec4j.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.data2vec4j.run.TinyRuns.Outcome;
import org.data2vec4j.train.listener.Metric;
import org.data2vec4j.train.record.MetricsFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Several processes of one run, as users start them. */
class LaunchTest {
    @TempDir
    Path folder;

    private RankProcesses processes;

    @BeforeEach
    void prepare() {
        processes = new RankProcesses(folder);
    }

    @AfterEach
    void endAll() {
        processes.close();
    }

    private Process launch(List<String> options, List<String> command) throws Exception {
        List<String> words = new ArrayList<>(List.of("launch"));
        words.addAll(options);
        words.add("--");
        words.addAll(command);
        return processes.start(List.of(), words, "launch", Map.of());
    }

    @Test
    void launchedProcessesTrainWhatOneTrains() throws Exception {
        Path one = folder.resolve("one");
        assertThat(TinyRuns.d2v(RankProcesses.words(one).toArray(String[]::new)).code())
                .isZero();
        Path two = folder.resolve("two");
        processes.ends(launch(List.of("--nproc", "2"), RankProcesses.words(two)), 0, "launch");
        assertThat(processes.log("launch"))
                .contains("2 processes with 1 threads", "wrote " + two.resolve("report.html"));
        var expected = MetricsFile.read(one.resolve(MetricsFile.NAME)).rows();
        var actual = MetricsFile.read(two.resolve(MetricsFile.NAME)).rows();
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i).update()).isEqualTo(expected.get(i).update());
            for (Metric metric : expected.get(i).metrics()) {
                if (metric.name().startsWith("loss")) {
                    assertThat(actual.get(i).metrics().stream()
                                    .filter(other -> other.name().equals(metric.name()))
                                    .mapToDouble(Metric::value))
                            .singleElement()
                            .satisfies(value -> assertThat(value)
                                    .isCloseTo(metric.value(), within(1e-5 * Math.abs(metric.value()))));
                }
            }
        }
        assertThat(two.resolve("checkpoints/step-000006/optimiser.safetensors")).exists();
    }

    @Test
    void sumsOverProcessesAreTimed() throws Exception {
        processes.ends(launch(List.of("--nproc", "2"), List.of("bench", "exchange", "--updates", "2")), 0, "launch");
        assertThat(processes.log("launch"))
                .containsOnlyOnce("sums over 2 processes, 2 timed of each size")
                .containsPattern("a call costs \\d+\\.\\d+ ms and a process moves \\d+\\.\\d+ GB/s")
                .contains("gradients of 100 M parameters, 96 bucket(s) of 4 MiB")
                .doesNotContain("[Gloo]");
    }

    /** A signal to the launcher is one to all, which write a checkpoint together. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGTERM")
    void aSignalEndsAllWithACheckpoint() throws Exception {
        Path run = folder.resolve("run");
        Process launch = launch(
                List.of("--nproc", "2"),
                RankProcesses.words(run, "train.updates=100000", "checkpoint.every_updates=50000"));
        while (launch.isAlive() && !Files.exists(run.resolve(MetricsFile.NAME))) {
            Thread.sleep(10);
        }
        Signals.send("TERM", launch);
        processes.ends(launch, 143, "launch");
        assertThat(processes.log("launch"))
                .containsPattern("stopped at update \\d+; the checkpoint is written, and the same command goes on");
        RankProcesses.nothingIsAside(run);
        try (Stream<Path> checkpoints = Files.list(run.resolve("checkpoints"))) {
            assertThat(checkpoints).hasSize(1);
        }
    }

    @Test
    void launchEndsAllAndSaysWhichLineIsWhose() throws Exception {
        List<String> command = RankProcesses.words(folder.resolve("run"), "train.batch=1");
        processes.ends(launch(List.of("--nproc", "2", "--grace", "20"), command), 1, "launch");
        assertThat(processes.log("launch")).contains("[rank 1] d2v: train.batch is 1, to be shared by 2 processes");
    }

    @Test
    void badCommandsAreRefused() {
        Outcome zero = TinyRuns.d2v("launch", "--nproc", "0", "--", "pretrain", "recipe=image-tiny");
        assertThat(zero.code()).isEqualTo(1);
        assertThat(zero.err()).contains("--nproc is 0; allowed: 1 to 4096");
        Outcome other = TinyRuns.d2v("launch", "--nproc", "2", "--", "knn", "run=x");
        assertThat(other.code()).isEqualTo(1);
        assertThat(other.err()).contains("cannot run 'knn'", "allowed: pretrain", "bench exchange");
        assertThat(TinyRuns.d2v("launch", "--", "pretrain").code()).isEqualTo(2);
    }
}
