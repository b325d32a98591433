package org.data2vec4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.data2vec4j.train.listener.Metric;
import org.data2vec4j.train.record.MetricRow;
import org.data2vec4j.train.record.MetricsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** N updates = k + resume + (N − k), bit for bit, on one thread. */
class ResumeTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"1,1,FP32", "1,3,FP32", "1,5,FP32", "2,3,FP32", "1,3,BF16", "2,3,BF16"})
    void aStoppedRunGoesOnAsIfItHadNot(int accumulate, int stopAfter, Precision precision) throws IOException {
        TinyRun straight = tiny("straight", accumulate).precision(precision);
        assertThat(straight.run()).isEqualTo(new Trainer.End(6, true));
        TinyRun stopped = tiny("stopped", accumulate).precision(precision);
        assertThat(stopped.runFor(stopAfter)).isEqualTo(new Trainer.End(stopAfter, false));
        assertThat(stopped.run()).isEqualTo(new Trainer.End(6, true));
        assertSame(straight, stopped);
    }

    @Test
    void everyPartOfARunMayBeOneUpdate() throws IOException {
        TinyRun straight = tiny("straight", 1);
        straight.run();
        TinyRun stopped = tiny("stopped", 1);
        for (int i = 1; i <= 6; i++) {
            assertThat(stopped.runFor(1)).isEqualTo(new Trainer.End(i, i == 6));
        }
        assertSame(straight, stopped);
    }

    @Test
    void aKilledRunGoesOnFromTheCheckpointBefore() throws IOException {
        TinyRun straight = tiny("straight", 2);
        straight.run();
        TinyRun killed = tiny("killed", 2);
        killed.runFor(5);
        delete(killed.checkpoint(5)); // as if killed while update 6 was made: metrics go past the newest checkpoint
        assertThat(updates("killed")).containsExactly(1L, 2L, 3L, 4L, 5L);
        Files.writeString(
                folder.resolve("killed").resolve(MetricsFile.NAME),
                "{\"update\":6,\"epo", // a half-written line
                StandardOpenOption.APPEND);
        killed.run();
        assertSame(straight, killed);
        assertThat(updates("killed")).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void aFinishedRunIsLeftAsItIs() throws IOException {
        TinyRun run = tiny("straight", 1);
        run.run();
        byte[] before = Files.readAllBytes(run.checkpoint(6).resolve("student.safetensors"));
        assertThat(run.run()).isEqualTo(new Trainer.End(6, true));
        assertThat(Files.readAllBytes(run.checkpoint(6).resolve("student.safetensors")))
                .containsExactly(before);
        assertThat(updates("straight")).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void anotherSeedIsAnotherRun() throws IOException {
        TinyRun one = tiny("one", 1);
        TinyRun other = tiny("other", 1).seed(12);
        one.run();
        other.run();
        assertThat(Files.readAllBytes(other.checkpoint(6).resolve("teacher.safetensors")))
                .isNotEqualTo(Files.readAllBytes(one.checkpoint(6).resolve("teacher.safetensors")));
    }

    private TinyRun tiny(String name, int accumulate) {
        return new TinyRun(folder.resolve(name)).batch(4 / accumulate, accumulate);
    }

    private void assertSame(TinyRun expected, TinyRun actual) throws IOException {
        List<String> files = names(expected.checkpoint(6));
        assertThat(files)
                .containsExactly(
                        "checksums.txt",
                        "optimiser.safetensors",
                        "state.json",
                        "student.safetensors",
                        "teacher.safetensors");
        assertThat(names(actual.checkpoint(6))).isEqualTo(files);
        for (String file : files) {
            Path a = expected.checkpoint(6).resolve(file);
            Path b = actual.checkpoint(6).resolve(file);
            if (file.equals("state.json")) {
                assertThat(withoutTime(b)).isEqualTo(withoutTime(a)).isNotEmpty();
            } else if (file.equals("checksums.txt")) { // all but the line of state.json
                assertThat(withoutState(b)).isEqualTo(withoutState(a)).hasSize(3);
            } else {
                assertThat(Files.readAllBytes(b)).as(file).containsExactly(Files.readAllBytes(a));
            }
        }
        assertThat(metrics(actual)).isEqualTo(metrics(expected)).hasSize(6);
    }

    private static List<String> withoutState(Path checksums) throws IOException {
        return Files.readAllLines(checksums).stream()
                .filter(line -> !line.endsWith("state.json"))
                .toList();
    }

    private static List<String> withoutTime(Path state) throws IOException {
        return Files.readAllLines(state).stream()
                .filter(line -> !line.contains("\"elapsed\""))
                .toList();
    }

    /** Update, epoch and every metric that is not a speed, of each line. */
    private static List<List<Object>> metrics(TinyRun run) {
        return MetricsFile.read(Path.of(run.config().run()).resolve(MetricsFile.NAME)).rows().stream()
                .map(row -> Stream.<Object>concat(
                                Stream.of(row.update(), row.epoch()),
                                row.metrics().stream()
                                        .filter(metric -> !metric.name().equals("images_per_second"))
                                        .map(Metric::toString))
                        .toList())
                .toList();
    }

    private List<Long> updates(String name) {
        return MetricsFile.read(folder.resolve(name).resolve(MetricsFile.NAME)).rows().stream()
                .map(MetricRow::update)
                .toList();
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static void delete(Path directory) throws IOException {
        for (String name : names(directory)) {
            Files.delete(directory.resolve(name));
        }
        Files.delete(directory);
    }
}
