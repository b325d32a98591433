package org.data2vec4j.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.data2vec4j.run.TinyRuns.Outcome;
import org.data2vec4j.train.record.MetricHistory;
import org.data2vec4j.train.record.MetricsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands from end to end, in one process. */
class PretrainTest {
    @TempDir
    Path folder;

    @Test
    void leavesARunThatCanBeMeasuredAndLookedAt() throws Exception {
        Path run = folder.resolve("run");
        Outcome outcome = TinyRuns.pretrain(run);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("40 images in 10 classes from synthetic:40; data2vec 2.0, ", "wrote " + run);
        assertThat(run.resolve("config.yaml")).exists();
        assertThat(run.resolve("report.html")).exists();
        assertThat(run.resolve("checkpoints/step-000006/student.safetensors")).exists();
        assertThat(run.resolve("checkpoints/step-000004")).exists();
        assertThat(run.resolve("checkpoints/step-000002")).doesNotExist();
        try (Stream<Path> files = Files.list(run)) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("events.out.tfevents")))
                    .hasSize(1);
        }
        MetricHistory history = MetricsFile.read(run.resolve(MetricsFile.NAME));
        assertThat(history.names()).contains("loss", "loss/cls", "target/std", "eval/knn_teacher", "eval/probe_pixels");
        assertThat(Files.readString(run.resolve("report.html")))
                .contains("What the student saw", "Nearest neighbours", "inverse_block")
                .doesNotContain("src=\"http", "href=\"http", "<script src");

        Outcome knn = TinyRuns.d2v("knn", "run=" + run, "weights=teacher", "layer=1", "bank=20", "queries=8");
        assertThat(knn.code()).as(knn.err()).isZero();
        assertThat(knn.out())
                .contains("teacher", "k-NN", "random initialisation")
                .doesNotContain("linear probe");
        Outcome probe = TinyRuns.d2v("probe", "run=" + run, "pool=cls", "weights=student", "bank=20", "queries=8");
        assertThat(probe.code()).as(probe.err()).isZero();
        assertThat(probe.out()).contains("linear probe").doesNotContain("teacher");
        assertThat(TinyRuns.d2v("report", "run=" + run).code()).isZero();
    }

    @Test
    void theFirstData2vecTrainsOnPicturesGoesOnAndIsMeasured() throws Exception {
        Path run = folder.resolve("run");
        String[] words = {
            "pretrain",
            "recipe=image-v1-tiny",
            "run=" + run,
            "data=synthetic:40",
            "precision=fp32",
            "device=cpu",
            "image.size=16",
            "model.depth=2",
            "model.block.width=16",
            "model.block.heads=2",
            "data2vec1.targets.layers=2",
            "train.updates=4",
            "train.batch=4",
            "train.threads=1",
            "train.diagnose_every=2",
            "checkpoint.every_updates=2",
            "evaluate.bank=20",
            "evaluate.queries=8",
        };
        Outcome outcome = TinyRuns.d2v(words);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("40 images in 10 classes from synthetic:40; data2vec, ", "wrote " + run);
        assertThat(MetricsFile.read(run.resolve(MetricsFile.NAME)).names())
                .contains("loss/regression", "health/student_rank", "eval/knn_teacher");
        assertThat(Files.readString(run.resolve("report.html"))).contains("What the student saw", "rectangle");
        words[11] = "train.updates=6";
        Outcome longer = TinyRuns.d2v(
                Stream.concat(Stream.of(words), Stream.of("resume=changed")).toArray(String[]::new));
        assertThat(longer.code()).as(longer.err()).isZero();
        assertThat(longer.out()).contains("at update 4");
        Outcome knn = TinyRuns.d2v("knn", "run=" + run, "weights=student", "bank=20", "queries=8");
        assertThat(knn.code()).as(knn.err()).isZero();
    }

    @Test
    void theFirstData2vecTrainsOnRecordings() throws Exception {
        Path run = folder.resolve("run");
        Outcome outcome = TinyRuns.d2v(
                "pretrain",
                "recipe=audio-v1-tiny",
                "run=" + run,
                "data=synthetic:12",
                "precision=fp32",
                "device=cpu",
                "audio.max_seconds=1",
                "audio.min_crop_seconds=1",
                "audio.feature_encoder.extractor=[{channels: 8, kernel: 80, stride: 40}, {channels: 8, kernel: 8, stride: 8}]",
                "model.depth=2",
                "model.block.width=16",
                "model.block.heads=2",
                "model.positions.layers=1",
                "data2vec1.targets.layers=2",
                "train.updates=3",
                "train.batch=3",
                "train.threads=1",
                "train.diagnose_every=2");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(MetricsFile.read(run.resolve(MetricsFile.NAME)).names())
                .contains("loss/regression", "optimizer/teacher_decay", "health/explained_by_position");
    }

    @Test
    void theSameCommandGoesOnAndSaysWhatChanged() throws Exception {
        Path run = folder.resolve("run");
        assertThat(TinyRuns.pretrain(run).code()).isZero();
        Outcome longer = TinyRuns.pretrain(run, "train.updates=8", "resume=changed");
        assertThat(longer.code()).as(longer.err()).isZero();
        assertThat(longer.out())
                .contains("resuming from " + run.resolve("checkpoints/step-000006") + " at update 6")
                .contains("with changed settings: train.updates: 6 -> 8");
        assertThat(MetricsFile.read(run.resolve(MetricsFile.NAME)).rows().stream()
                        .map(row -> row.update())
                        .distinct())
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
        Outcome again = TinyRuns.pretrain(run, "train.updates=8");
        assertThat(again.code()).isZero();
    }

    @Test
    void killedInTheMiddleItEndsAsIfNothingHadHappened() throws Exception {
        Path whole = folder.resolve("whole");
        Path killed = folder.resolve("killed");
        String[] length = {"train.updates=400", "checkpoint.every_updates=20", "evaluate.bank=2", "evaluate.queries=1"};
        assertThat(TinyRuns.pretrain(whole, length).code()).isZero();
        Process process = new ProcessBuilder(Stream.concat(
                                Stream.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        "org.data2vec4j.cli.D2v"),
                                TinyRuns.words(killed, length).stream())
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Path checkpoint = killed.resolve("checkpoints");
        while (process.isAlive() && !(Files.exists(checkpoint) && count(checkpoint) > 0)) {
            Thread.sleep(5);
        }
        process.destroyForcibly().waitFor();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("log")))
                .isEqualTo(137);

        Outcome resumed = TinyRuns.pretrain(killed, length);
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(resumed.out()).contains("resuming from");
        for (String file : new String[] {"student", "teacher", "optimiser"}) {
            Path last = Path.of("checkpoints", "step-000400", file + ".safetensors");
            assertThat(Files.mismatch(whole.resolve(last), killed.resolve(last)))
                    .as(file)
                    .isEqualTo(-1);
        }
    }

    private static long count(Path checkpoints) throws Exception {
        try (Stream<Path> files = Files.list(checkpoints)) {
            return files.filter(file -> file.getFileName().toString().startsWith("step-"))
                    .count();
        }
    }
}
