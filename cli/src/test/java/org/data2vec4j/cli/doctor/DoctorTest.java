package org.data2vec4j.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.data2vec4j.cli.D2v;
import org.data2vec4j.core.UserException;
import org.data2vec4j.train.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    private final StringWriter out = new StringWriter();

    private int run(String... arguments) {
        return D2v.run(arguments, new PrintWriter(out, true), new PrintWriter(new StringWriter(), true));
    }

    @Test
    void allIsWellHere() {
        assertThat(run("doctor", "--device", "cpu")).as(out.toString()).isZero();
        assertThat(out.toString().lines().map(line -> line.substring(0, line.indexOf(' '))))
                .containsOnly("ok", "all");
        assertThat(out.toString())
                .contains("d2v ", "libtorch ", "unpacked in ", "cpu: ", "GFLOP/s: precision=auto takes ")
                .contains("reads jpg png bmp gif webp tiff", "GiB free in ", "memory freed")
                .endsWith("all checks passed\n");
    }

    @Test
    void aDeviceThatIsNotThereFailsItsLinesOnly() {
        assertThat(run("doctor", "--device", "tpu")).isEqualTo(1);
        assertThat(out.toString())
                .containsPattern("(?m)^ok +versions")
                .containsPattern("(?m)^FAILED +device +device is 'tpu'; allowed: ")
                .containsPattern("(?m)^FAILED +training")
                .endsWith("some checks failed, see the lines with FAILED\n");
    }

    @Test
    void whateverIsThrownIsAFinding() {
        assertThat(Doctor.guarded(() -> {
                    throw new UserException("no library");
                }))
                .isEqualTo(Finding.failed("no library"));
        assertThat(Doctor.guarded(() -> {
                    throw new UnsatisfiedLinkError("two\n lines");
                }))
                .isEqualTo(Finding.failed("java.lang.UnsatisfiedLinkError: two lines"));
    }

    @Test
    void verdictsOnTraining() {
        assertThat(TrainingCheck.judge(List.of(2.0, 1.0), 0, "FP32").ok()).isTrue();
        assertThat(TrainingCheck.judge(List.of(1.0, 1.5), 0, "FP32").detail()).contains("it should fall");
        assertThat(TrainingCheck.judge(List.of(2.0, Double.NaN, 1.0), 0, "FP32").detail())
                .contains("not finite");
        assertThat(TrainingCheck.judge(List.of(2.0, 1.0), 7, "FP32").detail())
                .contains("7 native objects were not freed");
    }

    @Test
    void missingReadersRoomAndRates(@TempDir Path temp) {
        assertThat(ImageFormats.examine(format -> !format.equals("webp")).detail())
                .startsWith("no reader for webp (reads jpg png bmp gif tiff)");
        assertThat(Space.disk(temp.resolve("absent")).ok()).isFalse();
        assertThat(ProductRates.reason(Precision.FP32, 1.21)).contains("takes fp32, bfloat16 is 1.2 times as fast");
    }
}
