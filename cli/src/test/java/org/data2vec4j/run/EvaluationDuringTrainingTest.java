package org.data2vec4j.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.data2vec4j.run.TinyRuns.Outcome;
import org.data2vec4j.train.record.MetricHistory;
import org.data2vec4j.train.record.MetricsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs on audio and text are measured while they train if their recipe names labelled samples. */
class EvaluationDuringTrainingTest {
    @TempDir
    Path folder;

    private static MetricHistory metrics(Path run) {
        return MetricsFile.read(run.resolve(MetricsFile.NAME));
    }

    @Test
    void audioByTheLabelsOfOtherRecordings() throws Exception {
        Path run = folder.resolve("run");
        Outcome outcome = TinySpeech.pretrain(
                run,
                "evaluate.data=synthetic-units:20",
                "evaluate.test=synthetic-units:12",
                "evaluate.bank=16",
                "evaluate.every_updates=1");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(metrics(run).names())
                .contains("eval/knn_student", "eval/probe_teacher", "eval/probe_random", "eval/knn_log_mel");
        assertThat(Files.readAllLines(run.resolve(MetricsFile.NAME)).stream()
                        .filter(line -> line.contains("eval/knn_student")))
                .hasSize(2);
        assertThat(Files.readString(run.resolve("report.html"))).contains("Frozen features", "log mel");
        Outcome refused = TinySpeech.pretrain(
                folder.resolve("refused"), "evaluate.data=synthetic-units:20", "evaluate.options=[by=word]");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("data=… is missing").hasLineCount(1);
    }

    @Test
    void textByLinesWithLabels() throws Exception {
        Path run = folder.resolve("run");
        Outcome outcome =
                TinyTexts.pretrain(run, "train.updates=2", "evaluate.data=synthetic:40", "evaluate.test=synthetic:20");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(metrics(run).names()).contains("eval/knn_teacher", "eval/probe_random", "eval/probe_bag_of_tokens");
        assertThat(Files.readString(run.resolve("config.yaml"))).contains("test: \"synthetic:20\"");
        Path plain = folder.resolve("plain");
        assertThat(TinyTexts.pretrain(plain, "train.updates=2").code()).isZero();
        assertThat(metrics(plain).names()).noneMatch(name -> name.startsWith("eval/"));
    }
}
