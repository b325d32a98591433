package org.data2vec4j.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.data2vec4j.cli.run.TinyRuns.Outcome;
import org.data2vec4j.train.listener.Metric;
import org.data2vec4j.train.listener.MetricsFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Several processes of one run, as users start them; and one of them dies, hangs or never comes. */
class LaunchTest {
    private static final int WORLD = 3;
    private static final int TIMEOUT_SECONDS = 5;
    private static final int LONGEST_SECONDS = 60; // on a machine that is busy with other things

    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void endAll() {
        processes.forEach(Process::destroyForcibly);
    }

    private static List<String> java(List<String> words) {
        return Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "org.data2vec4j.cli.D2v"),
                        words.stream())
                .toList();
    }

    private static List<String> words(Path run, String... more) {
        List<String> words = TinyRuns.words(run, "train.batch=4", "evaluate.bank=2", "evaluate.queries=1");
        words.add("train.distributed.timeout_seconds=" + TIMEOUT_SECONDS);
        words.addAll(List.of(more));
        return words;
    }

    private Process start(List<String> words, String log, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(java(words))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(log).toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private List<Process> startAll(Path run, int updates) throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        List<Process> ranks = new ArrayList<>();
        for (int rank = 0; rank < WORLD; rank++) {
            ranks.add(start(
                    words(run, "train.updates=" + updates, "checkpoint.every_updates=10"),
                    "log-" + rank,
                    variables(rank, port)));
        }
        return ranks;
    }

    private static Map<String, String> variables(int rank, int port) {
        return Map.of(
                "RANK", Integer.toString(rank),
                "WORLD_SIZE", Integer.toString(WORLD),
                "LOCAL_RANK", Integer.toString(rank),
                "MASTER_ADDR", "127.0.0.1",
                "MASTER_PORT", Integer.toString(port));
    }

    private static void awaitCheckpoint(Path run, Process alive) throws Exception {
        Path first = run.resolve("checkpoints/step-000010/state.json");
        while (alive.isAlive() && !Files.exists(first)) {
            Thread.sleep(10);
        }
        assertThat(first).exists();
    }

    /** The line on which a process ended, and that it was the only one. */
    private String lastLine(int rank) throws IOException {
        List<String> lines = Files.readString(folder.resolve("log-" + rank))
                .lines()
                .filter(line -> line.startsWith("d2v: "))
                .toList();
        assertThat(lines).as("rank %s", rank).hasSize(1);
        return lines.get(0);
    }

    private void theOthersEnd(List<Process> ranks, int gone, String because) throws Exception {
        for (int rank = 0; rank < WORLD; rank++) {
            if (rank != gone) {
                assertThat(ranks.get(rank).waitFor(LONGEST_SECONDS, TimeUnit.SECONDS))
                        .as("rank %s ends", rank)
                        .isTrue();
                assertThat(ranks.get(rank).exitValue()).isEqualTo(1);
                assertThat(lastLine(rank)).contains("rank " + gone + " of " + WORLD + because, "stops too");
            }
        }
        ranks.get(gone).destroyForcibly().waitFor();
    }

    private static List<Long> updates(Path run) {
        return MetricsFile.read(run.resolve(MetricsFile.NAME)).rows().stream()
                .map(row -> row.update())
                .distinct()
                .toList();
    }

    @Test
    void launchedProcessesTrainWhatOneTrains() throws Exception {
        Path one = folder.resolve("one");
        assertThat(TinyRuns.d2v(words(one).toArray(String[]::new)).code()).isZero();
        Path two = folder.resolve("two");
        List<String> words = new ArrayList<>(List.of("launch", "--nproc", "2", "--"));
        words.addAll(words(two));
        Process launch = start(words, "launch", Map.of());
        assertThat(launch.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(launch.exitValue())
                .as(Files.readString(folder.resolve("launch")))
                .isZero();
        assertThat(Files.readString(folder.resolve("launch")))
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
    void aRankThatIsKilledEndsTheOthersAndTheSameCommandGoesOn() throws Exception {
        Path run = folder.resolve("run");
        List<Process> ranks = startAll(run, 100_000);
        awaitCheckpoint(run, ranks.get(0));
        ranks.get(1).destroyForcibly();
        theOthersEnd(ranks, 1, " has died");

        long reached = updates(run).get(updates(run).size() - 1);
        List<Process> again = startAll(run, (int) reached + 20);
        for (Process process : again) {
            assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        }
        assertThat(Files.readString(folder.resolve("log-0"))).contains("resuming from");
        List<Long> updates = updates(run);
        for (int i = 0; i < updates.size(); i++) {
            assertThat(updates.get(i)).isEqualTo(i + 1L);
        }
        assertThat(updates).hasSize((int) reached + 20);
        try (Stream<Path> files = Files.list(run.resolve("checkpoints"))) {
            assertThat(files.filter(file -> file.getFileName().toString().endsWith(".tmp")))
                    .isEmpty();
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGSTOP")
    void aRankThatHangsEndsTheOthers() throws Exception {
        for (int gone : new int[] {2, 0}) {
            Path run = folder.resolve("run-" + gone);
            List<Process> ranks = startAll(run, 100_000);
            awaitCheckpoint(run, ranks.get(0));
            signal("STOP", ranks.get(gone));
            theOthersEnd(ranks, gone, " has not been heard of for " + TIMEOUT_SECONDS + " s");
        }
    }

    private static void signal(String name, Process process) throws Exception {
        int code = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
        assertThat(code).isZero();
    }

    @Test
    void aRankThatFailsTellsTheOthersWhy() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        List<Process> ranks = new ArrayList<>();
        for (int rank = 0; rank < WORLD; rank++) {
            String data = rank == 0 ? folder.resolve("nothing").toString() : "synthetic:40";
            ranks.add(start(words(folder.resolve("run"), "data=" + data), "log-" + rank, variables(rank, port)));
        }
        for (Process process : ranks) {
            assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
        }
        assertThat(lastLine(1)).contains("rank 0 of 3 has stopped: ", "nothing", "stops too");
        assertThat(folder.resolve("run/config.yaml")).doesNotExist();
    }

    @Test
    void launchEndsAllAndSaysWhichLineIsWhose() throws Exception {
        List<String> words = new ArrayList<>(List.of("launch", "--nproc", "2", "--grace", "20", "--"));
        words.addAll(words(folder.resolve("run"), "train.batch=1"));
        Process launch = start(words, "launch", Map.of());
        assertThat(launch.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(launch.exitValue()).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("launch")))
                .contains("[rank 1] d2v: train.batch is 1, to be shared by 2 processes");
    }

    @Test
    void badCommandsAreRefused() {
        Outcome zero = TinyRuns.d2v("launch", "--nproc", "0", "--", "pretrain", "recipe=image-tiny");
        assertThat(zero.code()).isEqualTo(1);
        assertThat(zero.err()).contains("--nproc is 0; allowed: 1 to 4096");
        Outcome other = TinyRuns.d2v("launch", "--nproc", "2", "--", "knn", "run=x");
        assertThat(other.code()).isEqualTo(1);
        assertThat(other.err()).contains("cannot run 'knn'", "allowed: pretrain");
        assertThat(TinyRuns.d2v("launch", "--", "pretrain").code()).isEqualTo(2);
    }
}
