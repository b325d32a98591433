package org.data2vec4j.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.data2vec4j.run.TinyRuns.Outcome;
import org.data2vec4j.train.record.MetricsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code d2v pretrain} on text, from end to end. */
class TextPretrainTest {
    @TempDir
    Path folder;

    @Test
    void trainsItsTokenizerAndGoesOnAsIfItHadNotStopped() throws Exception {
        Path whole = folder.resolve("whole");
        Outcome straight = TinyTexts.pretrain(whole);
        assertThat(straight.code()).as(straight.err()).isZero();
        assertThat(straight.out())
                .contains("training a tokenizer of 300 tokens on synthetic:60", " blocks of 16 tokens (")
                .contains("wrote " + whole.resolve("report.html"));
        assertThat(whole.resolve("tokenizer.json")).exists();
        assertThat(Files.readString(whole.resolve("report.html")))
                .contains("Masked tokens", "own target the nearest of all", "What the student saw")
                .contains("<p class=\"hidden\">", "Nearest tokens", "Nearest passages", " passages.</p>")
                .doesNotContain("src=\"http", "href=\"http");

        Path parts = folder.resolve("parts");
        assertThat(TinyTexts.pretrain(parts, "train.updates=6").code()).isZero();
        // As if it had been killed after update 4, whose checkpoint is kept.
        try (var files = Files.walk(parts.resolve("checkpoints/step-000006"))) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
        Outcome resumed = TinyTexts.pretrain(parts);
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(resumed.out()).contains("at update 4").doesNotContain("training a tokenizer");
        for (String file : new String[] {"student", "teacher", "optimiser"}) {
            Path last = Path.of("checkpoints", "step-000006", file + ".safetensors");
            assertThat(Files.mismatch(whole.resolve(last), parts.resolve(last)))
                    .as(file)
                    .isEqualTo(-1);
        }
        assertThat(MetricsFile.read(whole.resolve(MetricsFile.NAME)).names()).contains("loss", "target/std");
    }

    @Test
    void otherTextIsAnotherRun() {
        Path run = folder.resolve("run");
        assertThat(TinyTexts.pretrain(run).code()).isZero();
        Outcome other = TinyTexts.pretrain(run, "data=synthetic:70");
        assertThat(other.code()).isEqualTo(1);
        assertThat(other.err()).contains("the data has changed since the checkpoint");
        Outcome longer = TinyTexts.pretrain(run, "text.length=24");
        assertThat(longer.code()).isEqualTo(1);
    }

    @Test
    void documentsOfJsonLinesAndATokenizerOfOnesOwn() throws Exception {
        Path data = folder.resolve("reviews.jsonl");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            lines.append("{\"body\": \"review number ").append(i).append(" says so and so\"}\n");
        }
        Files.writeString(data, lines + "not json\n");
        Path tokenizer = folder.resolve("mine.json");
        assertThat(TinyRuns.d2v("tokenizer", "train", "data=synthetic:200", "vocab=300", "output=" + tokenizer)
                        .code())
                .isZero();
        Path run = folder.resolve("run");
        Outcome outcome = TinyTexts.pretrain(
                run,
                "data=" + data,
                "text.tokenizer=" + tokenizer,
                "text.field=body",
                "text.sequences=documents",
                "text.cache=" + folder.resolve("cache"));
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .contains("30 documents of up to 16 tokens", "skipped " + data + ":31", "1 lines or files skipped");
        assertThat(run.resolve("tokenizer.json")).doesNotExist();
        assertThat(folder.resolve("cache")).isNotEmptyDirectory();
    }

    @Test
    void whatIsNoTextIsRefused() throws Exception {
        Path empty = folder.resolve("empty.txt");
        Files.writeString(empty, "");
        Path run = folder.resolve("run");
        for (String data :
                new String[] {empty.toString(), folder.resolve("absent").toString()}) {
            Outcome outcome = TinyTexts.pretrain(run, "data=" + data);
            assertThat(outcome.code()).as(outcome.out()).isEqualTo(1);
            assertThat(outcome.err().strip().lines()).as(outcome.err()).hasSize(1);
            assertThat(run.resolve("checkpoints")).doesNotExist();
        }
    }
}
