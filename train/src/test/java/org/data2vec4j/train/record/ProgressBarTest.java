package org.data2vec4j.train.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.data2vec4j.core.UserException;
import org.data2vec4j.train.listener.Metric;
import org.data2vec4j.train.listener.RunStart;
import org.data2vec4j.train.listener.UpdateReport;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private long nanos = 1;

    private ProgressBar bar(ProgressStyle style) {
        ProgressBar bar = new ProgressBar("image-tiny", "images", out, style, () -> nanos);
        bar.onStart(new RunStart(Path.of("."), 0, 1500));
        return bar;
    }

    private void update(ProgressBar bar, int update, double seconds) {
        nanos += (long) (seconds * 1e9);
        bar.onUpdate(
                new UpdateReport(update, 1500, 0, 64, seconds, update * seconds, List.of(new Metric("loss", 0.41234))));
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void drawsOneLineOnATerminal() {
        try (ProgressBar bar = bar(new ProgressStyle(true, 110, 10, 0))) {
            update(bar, 430, 0.3);
        }
        assertThat(printed().lines().toList().get(1))
                .isEqualTo("image-tiny  [=======>                      ] 430/1500  28%  loss 0.412  213 images/s"
                        + "  0.30 s/update  ETA 5:21");
        assertThat(printed()).endsWith(System.lineSeparator());
    }

    @Test
    void redrawsAtMostTenTimesASecond() {
        ProgressBar bar = bar(new ProgressStyle(true, 110, 10, 0));
        for (int update = 1; update <= 1000; update++) { // one second
            update(bar, update, 0.001);
        }
        assertThat(printed().chars().filter(c -> c == '\r').count()).isBetween(9L, 11L);
    }

    @Test
    void messagesAndEvaluationsScrollAboveTheBar() {
        ProgressBar bar = bar(new ProgressStyle(true, 110, 10, 0));
        update(bar, 1, 0.3);
        String drawn = printed().substring(1);
        bytes.reset();
        bar.onMessage("checkpoint saved");
        assertThat(printed())
                .isEqualTo("\r" + " ".repeat(drawn.length()) + "\rcheckpoint saved" + System.lineSeparator() + "\r"
                        + drawn);
        bytes.reset();
        bar.onEvaluation(1, 0.3, List.of(new Metric("eval/knn", 0.4321), new Metric("eval/probe", 0)));
        assertThat(printed()).contains("\revaluation at update 1:  knn 0.432  probe 0" + System.lineSeparator());
    }

    @Test
    void aShorterLineLeavesNothingOfTheLongerOne() {
        ProgressBar bar = bar(new ProgressStyle(true, 60, 10, 0));
        for (int update = 1; update < 1500; update += 90) {
            update(bar, update, update % 4 == 0 ? 0.1 : 4000);
        }
        for (String line : printed().split("\r", -1)) {
            assertThat(line.length()).isLessThan(60);
        }
    }

    @Test
    void fitsEveryWidth() {
        Pace pace = new Pace();
        pace.add(64, 0.3);
        ProgressLine line = new ProgressLine("image-tiny", 430, 1500, "0.412", pace, "images");
        for (int width = 20; width < 140; width++) {
            assertThat(line.drawn(width).length()).isLessThanOrEqualTo(width);
        }
        assertThat(line.drawn(76)).contains("[==>").doesNotContain("s/update").contains("images/s", "ETA 5:21");
        assertThat(line.drawn(30)).isEqualTo("430/1500  28%  loss 0.412  ETA");
    }

    @Test
    void plainLinesComeByTimeAndHoldNoControlCharacters() {
        try (ProgressBar bar = bar(ProgressStyle.plain(10, 0))) {
            for (int update = 1; update <= 100; update++) {
                update(bar, update, 0.3);
            }
            bar.onMessage("skipped \u001b[31mcat\u0007.jpg\nand\tone more");
        }
        List<String> lines = printed().lines().toList();
        assertThat(lines).hasSize(3 + 2);
        assertThat(lines.get(0)).isEqualTo("image-tiny  1/1500  0%  loss 0.412  213 images/s  0.30 s/update  ETA 7:30");
        assertThat(lines.get(3)).isEqualTo("skipped ?[31mcat?.jpg");
        assertThat(lines.get(4)).isEqualTo("and one more");
        assertThat(printed()).doesNotContainPattern("[\\p{Cntrl}&&[^\\r\\n]]");
    }

    @Test
    void plainLinesComeByUpdatesAndAtTheEnd() {
        ProgressBar bar = bar(ProgressStyle.plain(10, 400));
        for (int update = 1; update <= 1500; update++) {
            update(bar, update, 0.01);
        }
        assertThat(printed().lines().map(line -> line.replaceAll(".*?(\\d+/\\d+).*", "$1")))
                .containsExactly("400/1500", "800/1500", "1200/1500", "1500/1500");
    }

    @Test
    void theEndIsNotShiftedBySlowUpdates() {
        Pace pace = new Pace();
        assertThat(pace.secondsPerUpdate()).isNaN();
        pace.add(64, 90); // the first update loads and warms up
        for (int i = 0; i < 40; i++) {
            pace.add(64, i == 20 ? 300 : 0.3);
        }
        assertThat(pace.secondsPerUpdate()).isEqualTo(0.3);
        assertThat(pace.samplesPerSecond()).isCloseTo(64 / 0.3, within(1e-9));
        for (int i = 0; i < 64; i++) {
            pace.add(64, i % 2 == 0 ? 0.1 : 0.2);
        }
        assertThat(pace.secondsPerUpdate()).isCloseTo(0.15, within(1e-9));
    }

    @Test
    void numbersAndDurationsAreShort() {
        assertThat(List.of(0.0, 1e-5, 0.0123, 0.30, 1.0, 42.42, 213.3, 9.9e9))
                .extracting(ProgressLine::number)
                .containsExactly("0", "1.00e-05", "0.0123", "0.300", "1.00", "42.4", "213", "9.90e+09");
        assertThat(ProgressLine.number(Double.NaN)).isEqualTo("?");
        assertThat(List.of(9.0, 321.0, 3921.0, 90_321.0))
                .extracting(ProgressLine::duration)
                .containsExactly("0:09", "5:21", "1:05:21", "1d 1:05:21");
        assertThat(ProgressLine.duration(Double.NaN)).isEqualTo("?");
    }

    @Test
    void aTestRunIsNoTerminal() {
        assertThat(ProgressStyle.detect().terminal()).isFalse();
        assertThat(ProgressStyle.width("132")).isEqualTo(132);
        assertThat(ProgressStyle.width("no tty")).isEqualTo(80);
        assertThatThrownBy(() -> new ProgressStyle(true, 3, 10, 0)).isInstanceOf(UserException.class);
        assertThatThrownBy(() -> ProgressStyle.plain(-1, 0)).isInstanceOf(UserException.class);
        assertThatThrownBy(() -> ProgressStyle.plain(1, -1)).isInstanceOf(UserException.class);
    }
}
