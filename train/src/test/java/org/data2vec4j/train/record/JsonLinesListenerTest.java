package org.data2vec4j.train.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.data2vec4j.core.UserException;
import org.data2vec4j.train.listener.Metric;
import org.data2vec4j.train.listener.RunStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesListenerTest {
    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve(MetricsFile.NAME);
    }

    @Test
    void writesOneObjectPerLoggedUpdateAndEvaluation() throws IOException {
        play(0, 5);
        assertThat(Files.readString(file())).isEqualTo("""
                {"update":2,"epoch":0,"elapsed":1.0,"images_per_second":128.0,"loss":0.5,"optimizer/learning_rate":0.001}
                {"update":4,"epoch":0,"elapsed":2.0,"images_per_second":128.0,"loss":0.25,"optimizer/learning_rate":0.001}
                {"update":5,"epoch":0,"elapsed":2.5,"eval/knn":0.15000000000000002}
                """);
    }

    @Test
    void readsBackWhatWasWritten() {
        play(0, FakeRun.UPDATES);
        MetricHistory history = MetricsFile.read(file());
        assertThat(history.rows()).hasSize(14);
        assertThat(history.names()).containsExactly("images_per_second", "loss", "optimizer/learning_rate", "eval/knn");
        assertThat(history.last("loss")).hasValue(0.05);
        assertThat(history.last("unknown")).isEmpty();
        MetricRow last = history.rows().get(13);
        assertThat(last).isEqualTo(new MetricRow(20, 2, 10, List.of(new Metric("eval/knn", 0.1 + 20 * 0.01))));
    }

    @Test
    void resumedFileEqualsAnUninterruptedOne() throws IOException {
        play(0, FakeRun.UPDATES);
        byte[] whole = Files.readAllBytes(file());
        Files.delete(file());
        for (int checkpoint : new int[] {2, 8, 10, 12}) {
            play(0, 13);
            Files.writeString(file(), "{\"update\":14,\"epo", StandardOpenOption.APPEND); // killed here
            play(checkpoint, FakeRun.UPDATES);
            assertThat(file()).hasBinaryContent(whole);
        }
        assertThat(directory.resolve(MetricsFile.NAME + ".tmp")).doesNotExist();
    }

    @Test
    void aRunFromTheBeginningBeginsTheFileAnew() {
        play(0, 10);
        play(0, 2);
        assertThat(MetricsFile.read(file()).rows()).hasSize(1);
    }

    @Test
    void aResumedRunWithNoFileBeginsOne() {
        play(18, FakeRun.UPDATES);
        assertThat(MetricsFile.read(file()).rows())
                .extracting(MetricRow::update)
                .containsExactly(20L, 20L);
    }

    @Test
    void notFiniteBecomesNullAndReadsAsNaN() throws IOException {
        try (JsonLinesListener listener = new JsonLinesListener()) {
            listener.onStart(new RunStart(directory, 0, 1));
            listener.onEvaluation(
                    1, 1, List.of(new Metric("a", Double.NaN), new Metric("b", Double.POSITIVE_INFINITY)));
        }
        assertThat(file()).hasContent("{\"update\":1,\"epoch\":0,\"elapsed\":1.0,\"a\":null,\"b\":null}");
        assertThat(MetricsFile.read(file()).rows().get(0).metrics())
                .containsExactly(new Metric("a", Double.NaN), new Metric("b", Double.NaN));
    }

    @Test
    void aHalfWrittenLastLineIsDroppedWhereverItBreaks() throws IOException {
        play(0, 5);
        byte[] whole = Files.readAllBytes(file());
        for (int length = 0; length <= whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            assertThat(MetricsFile.read(file()).rows()).hasSizeLessThanOrEqualTo(3);
            assertThat(MetricsFile.cut(file(), 99)).isEqualTo(MetricsFile.read(file()));
        }
        Files.write(file(), new byte[] {'{', (byte) 0xC3}); // half a character
        assertThat(MetricsFile.read(file()).rows()).isEmpty();
    }

    @Test
    void aBrokenLineElsewhereIsNamed() throws IOException {
        Files.writeString(file(), "{\"update\":1}\n{\"upd\n{\"update\":2}\n");
        assertThatThrownBy(() -> MetricsFile.read(file()))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(MetricsFile.NAME + ":2: not JSON");
        Files.writeString(file(), "{\"loss\":1}\n");
        assertThatThrownBy(() -> MetricsFile.read(file()))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(":1: expected a JSON object");
        assertThatThrownBy(() -> MetricsFile.read(directory.resolve("none")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("none");
    }

    @Test
    void namesOfEarlierVersionsAreReadAsThoseOfThisOne() throws Exception {
        Files.writeString(
                file(),
                "{\"update\":1,\"loss\":1,\"mask/share\":0.5,\"target/deviation\":0.9,\"health/deviation_block_03\":2,"
                        + "\"optimiser/gradient_norm\":3}\n{\"update\":2,\"loss\":1,\"mask/ratio\":0.6}\n");
        MetricHistory history = MetricsFile.read(file());
        assertThat(history.names())
                .containsExactlyInAnyOrder(
                        "loss", "mask/ratio", "target/std", "health/std_block_03", "optimizer/gradient_norm");
        assertThat(history.rows().get(0).metrics()).contains(new Metric("mask/ratio", 0.5));
    }

    @Test
    void refusesAMetricThatWouldHideAField() {
        try (JsonLinesListener listener = new JsonLinesListener()) {
            assertThatThrownBy(() -> listener.onEvaluation(1, 1, List.of())).isInstanceOf(IllegalStateException.class);
            listener.onStart(new RunStart(directory, 0, 1));
            List<Metric> metrics = List.of(new Metric("epoch", 1));
            assertThatThrownBy(() -> listener.onEvaluation(1, 1, metrics))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("epoch");
        }
    }

    @Test
    void aDirectoryThatIsGoneIsAUserError() {
        try (JsonLinesListener listener = new JsonLinesListener()) {
            RunStart start = new RunStart(directory.resolve("gone"), 0, 1);
            assertThatThrownBy(() -> listener.onStart(start))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("gone");
        }
    }

    private void play(int from, int to) {
        try (JsonLinesListener listener = new JsonLinesListener()) {
            FakeRun.play(listener, directory, from, to);
        }
    }
}
