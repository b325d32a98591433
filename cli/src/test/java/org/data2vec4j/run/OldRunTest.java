package org.data2vec4j.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.data2vec4j.run.TinyRuns.Outcome;
import org.data2vec4j.train.record.MetricsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run directory as earlier versions wrote it: other keys in its configuration, other names of metrics. */
class OldRunTest {
    @TempDir
    private Path folder;

    @Test
    void goesOnAndIsReportedUnderTheNewNames() throws Exception {
        Path run = folder.resolve("run");
        assertThat(TinyRuns.pretrain(run, "train.updates=4").code()).isZero();
        Path config = run.resolve(RunDirectory.CONFIG);
        Files.writeString(
                config,
                Files.readString(config)
                        .replace("optimizer:", "optimiser:")
                        .replace("diagnose_every:", "observe_every:")
                        .replace("min_target_std:", "min_target_deviation:")
                        .replace("min_prediction_std:", "min_prediction_deviation:"));
        Path metrics = run.resolve(MetricsFile.NAME);
        Files.writeString(
                metrics,
                Files.readString(metrics)
                        .replace("optimizer/", "optimiser/")
                        .replace("target/std", "target/deviation")
                        .replace("mask/ratio", "mask/share"));

        Outcome more = TinyRuns.pretrain(
                run, "train.updates=6", "train.observe_every=3", "optimiser.epsilon=1e-8", "resume=changed");
        assertThat(more.code()).as(more.err()).isZero();
        assertThat(more.out()).contains("at update 4").doesNotContain("optimizer", "diagnose_every");
        assertThat(more.err().lines().filter(line -> line.contains("is now")))
                .containsExactly("old names are still read: train.observe_every is now train.diagnose_every,"
                        + " optimiser is now optimizer");
        assertThat(Files.readString(config))
                .contains("optimizer:", "diagnose_every:")
                .doesNotContain("optimiser");
        assertThat(MetricsFile.read(metrics).names())
                .contains("target/std", "mask/ratio", "optimizer/learning_rate")
                .doesNotContain("target/deviation", "mask/share", "optimiser/learning_rate");
        assertThat(TinyRuns.d2v("report", "run=" + run).code()).isZero();
        assertThat(Files.readString(run.resolve("report.html"))).doesNotContain("target/deviation", "mask/share");
    }
}
