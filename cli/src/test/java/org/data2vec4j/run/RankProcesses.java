package org.data2vec4j.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.data2vec4j.tensor.distributed.Rendezvous;
import org.data2vec4j.train.record.MetricRow;
import org.data2vec4j.train.record.MetricsFile;

/** Processes of one tiny run, as a launcher would start them, and what they printed; ended when closed. */
final class RankProcesses implements AutoCloseable {
    /** After which a silent process is given up. */
    static final int TIMEOUT_SECONDS = 5;

    private static final int LONGEST_SECONDS = 60; // on a machine that is busy with other things

    private final Path folder;
    private final List<Process> all = new ArrayList<>();
    private List<Process> ranks = List.of();

    /** Processes whose output goes to files of this folder. */
    RankProcesses(Path folder) {
        this.folder = folder;
    }

    /** The words of a tiny run that several can share; later ones win. */
    static List<String> words(Path run, String... more) {
        List<String> words = TinyRuns.words(run, "train.batch=4", "evaluate.bank=2", "evaluate.queries=1");
        words.add("train.distributed.timeout_seconds=" + TIMEOUT_SECONDS);
        words.addAll(List.of(more));
        return words;
    }

    /** torchrun's variables. */
    static Map<String, String> variables(int rank, int world, String host, int port) {
        return Map.of(
                "RANK", Integer.toString(rank),
                "WORLD_SIZE", Integer.toString(world),
                "LOCAL_RANK", Integer.toString(rank),
                "MASTER_ADDR", host,
                "MASTER_PORT", Integer.toString(port));
    }

    /** Starts {@code d2v} with these words after the words of {@code prefix}. */
    Process start(List<String> prefix, List<String> words, String log, Map<String, String> environment)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "org.data2vec4j.cli.D2v"));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(log).toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        all.add(process);
        return process;
    }

    /** Starts all ranks of a run on the loopback address. */
    void startAll(int world, Path run, int updates) throws IOException {
        int port = Rendezvous.freePort("127.0.0.1");
        List<Process> started = new ArrayList<>();
        for (int rank = 0; rank < world; rank++) {
            started.add(startRank(rank, List.of(), run, updates, variables(rank, world, "127.0.0.1", port)));
        }
        ranks = started;
    }

    /** Starts all ranks of a run, each by a command of its own, which meet at an address. */
    void startAll(List<List<String>> prefixes, Path run, int updates, String host, int port) throws IOException {
        List<Process> started = new ArrayList<>();
        for (int rank = 0; rank < prefixes.size(); rank++) {
            Map<String, String> variables = variables(rank, prefixes.size(), host, port);
            started.add(startRank(rank, prefixes.get(rank), run, updates, variables));
        }
        ranks = started;
    }

    private Process startRank(int rank, List<String> prefix, Path run, int updates, Map<String, String> variables)
            throws IOException {
        List<String> words = words(run, "train.updates=" + updates, "checkpoint.every_updates=10", "resume=changed");
        return start(prefix, words, "log-" + rank, variables);
    }

    Process rank(int rank) {
        return ranks.get(rank);
    }

    /** What a process printed. */
    String log(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    /** Waits until a run has its first checkpoint. */
    void awaitCheckpoint(Path run) throws Exception {
        Path first = run.resolve("checkpoints/step-000010/state.json");
        while (rank(0).isAlive() && !Files.exists(first)) {
            Thread.sleep(10);
        }
        assertThat(first).exists();
    }

    /** Waits for a process and its exit code. */
    void ends(Process process, int code, String log) throws Exception {
        assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS))
                .as("%s ends", log)
                .isTrue();
        assertThat(process.exitValue()).as(log(log)).isEqualTo(code);
    }

    /** All processes that were started last end with success. */
    void allFinish() throws Exception {
        for (int rank = 0; rank < ranks.size(); rank++) {
            ends(rank(rank), 0, "log-" + rank);
        }
    }

    /** All ranks but one end, each with one line that names it. */
    void theOthersEnd(int gone, String because) throws Exception {
        for (int rank = 0; rank < ranks.size(); rank++) {
            if (rank != gone) {
                endsNaming(rank, gone, because);
            }
        }
        rank(gone).destroyForcibly().waitFor();
    }

    /** A rank ends with one line that names another one. */
    void endsNaming(int rank, int gone, String because) throws Exception {
        ends(rank(rank), 1, "log-" + rank);
        assertThat(lastLine(rank)).contains("rank " + gone + " of " + ranks.size() + because, "stops too");
    }

    /** The line on which a process ended, and that it was the only one. */
    String lastLine(int rank) throws IOException {
        List<String> lines = log("log-" + rank)
                .lines()
                .filter(line -> line.startsWith("d2v: "))
                .toList();
        assertThat(lines).as("rank %s", rank).hasSize(1);
        return lines.get(0);
    }

    /** The last update that a run has metrics of; all before it are there, once. */
    static long updatesWithoutGap(Path run) {
        List<Long> updates = MetricsFile.read(run.resolve(MetricsFile.NAME)).rows().stream()
                .map(MetricRow::update)
                .distinct()
                .toList();
        assertThat(updates)
                .isEqualTo(LongStream.rangeClosed(1, updates.size()).boxed().toList());
        return updates.size();
    }

    /** Nothing is half-written. */
    static void nothingIsAside(Path run) throws IOException {
        try (Stream<Path> files = Files.list(run.resolve("checkpoints"))) {
            assertThat(files.filter(file -> file.getFileName().toString().endsWith(".tmp")))
                    .isEmpty();
        }
    }

    @Override
    public void close() {
        all.forEach(Process::destroyForcibly);
    }
}
