package org.data2vec4j.train.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.data2vec4j.core.UserException;
import org.data2vec4j.train.listener.Metric;
import org.data2vec4j.train.listener.RunStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardListenerTest {
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_700_000_000_250L), ZoneOffset.UTC);

    @TempDir
    Path directory;

    @Test
    void decodesToWhatWasReported() throws IOException {
        play(0, 5);
        Path file = files().get(0);
        assertThat(file.getFileName().toString()).matches("events\\.out\\.tfevents\\.1700000000\\.[A-Za-z0-9._-]+");
        List<EventFileDecoder.Event> events = EventFileDecoder.decode(file);
        assertThat(events).extracting(EventFileDecoder.Event::wallTime).containsOnly(1_700_000_000.25);
        assertThat(events).extracting(EventFileDecoder.Event::step).containsExactly(0L, 0L, 2L, 4L, 5L);
        assertThat(events.get(0).fileVersion()).isEqualTo("brain.Event:2");
        assertThat(events.get(1).sessionStatus()).isEqualTo(1);
        assertThat(events.get(2).values())
                .containsEntry("loss", 0.5f)
                .containsEntry("optimizer/learning_rate", 1e-3f)
                .hasSize(2);
        assertThat(events.get(4).values()).containsOnlyKeys("eval/knn");
    }

    @Test
    void aResumedPartPurgesWhatCameAfterItsCheckpoint() throws IOException {
        play(0, 13);
        play(10, FakeRun.UPDATES);
        List<Path> files = files();
        assertThat(files).hasSize(2);
        List<EventFileDecoder.Event> second = EventFileDecoder.decode(files.get(1));
        assertThat(second.get(1).sessionStatus()).isEqualTo(1);
        assertThat(second.get(1).step()).isEqualTo(11); // steps >= 11 of the first file are void, 10 stays
        assertThat(second.get(2).step()).isEqualTo(12);
    }

    @Test
    void filesStayInOrderWhenTheClockGoesBack() throws IOException {
        play(0, 5);
        Clock earlier = Clock.offset(CLOCK, Duration.ofHours(-1));
        try (TensorBoardListener listener = new TensorBoardListener(earlier)) {
            listener.onStart(new RunStart(directory, 4, 9));
        }
        List<Path> files = files();
        assertThat(files).hasSize(2);
        assertThat(EventFileDecoder.decode(files.get(1)).get(1).step()).isEqualTo(5);
    }

    @Test
    void largeStepsLongNamesAndNotFiniteValuesSurvive() throws IOException {
        String name = "loss/" + "é".repeat(200);
        try (TensorBoardListener listener = new TensorBoardListener(CLOCK)) {
            listener.onStart(new RunStart(directory, 0, 1));
            listener.onEvaluation(
                    5_000_000_000L,
                    0,
                    List.of(new Metric(name, Double.NaN), new Metric("b", Double.NEGATIVE_INFINITY)));
        }
        EventFileDecoder.Event event = EventFileDecoder.decode(files().get(0)).get(2);
        assertThat(event.step()).isEqualTo(5_000_000_000L);
        assertThat(event.values()).containsEntry(name, Float.NaN).containsEntry("b", Float.NEGATIVE_INFINITY);
    }

    @Test
    void theMaskedCrcIsTensorFlows() {
        // CRC-32C of "123456789" is 0xE3069283 (RFC 3720); masked: rotate right by 15, add 0xa282ead8
        byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
        int expected = ((0xE3069283 >>> 15) | (0xE3069283 << 17)) + 0xA282EAD8;
        assertThat(EventRecord.maskedCrc(digits, digits.length)).isEqualTo(expected);
    }

    @Test
    void aDirectoryThatIsGoneIsAUserError() {
        try (TensorBoardListener listener = new TensorBoardListener()) {
            RunStart start = new RunStart(directory.resolve("gone"), 0, 1);
            assertThatThrownBy(() -> listener.onStart(start))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("gone");
        }
    }

    private void play(int from, int to) {
        try (TensorBoardListener listener = new TensorBoardListener(CLOCK)) {
            FakeRun.play(listener, directory, from, to);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }
}
