package org.data2vec4j.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.data2vec4j.Recipe;
import org.data2vec4j.config.ConfigDiff;
import org.data2vec4j.run.TinyRuns.Outcome;
import org.data2vec4j.train.run.PretrainConfig;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run directory says how it came about, and stays as it is unless it is to be trained further. */
class ProvenanceTest {
    @TempDir
    private static Path folder;

    private static Path finished;

    @BeforeAll
    static void train() {
        finished = folder.resolve("finished");
        assertThat(TinyRuns.pretrain(finished).code()).isZero();
    }

    /** The content of all files of a folder. */
    private static Map<String, String> content(Path run) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(run)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String modified = Files.getLastModifiedTime(file).toString();
                files.put(
                        run.relativize(file).toString(),
                        modified + new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return files;
    }

    private static void refused(Outcome outcome, String... parts) {
        assertThat(outcome.code()).as(outcome.out()).isEqualTo(1);
        assertThat(outcome.err()).contains(parts).hasLineCount(1);
    }

    @Test
    void aFinishedRunIsLeftAlone() throws IOException {
        Map<String, String> before = content(finished);
        Outcome same = TinyRuns.pretrain(finished);
        assertThat(same.code()).as(same.err()).isZero();
        assertThat(same.out()).contains("the run is finished: ", "step-000006 has all 6 updates");
        assertThat(content(finished)).isEqualTo(before);
        assertThat(TinyRuns.pretrain(finished, "checkpoint.keep=7").code()).isZero();
        assertThat(content(finished)).isEqualTo(before);
        refused(
                TinyRuns.pretrain(finished, "optimizer.weight_decay=0.5"),
                "finished is finished",
                "optimizer.weight_decay: ",
                "add resume=changed");
        refused(TinyRuns.pretrain(finished, "train.updates=9"), "train.updates: 6 -> 9", "add resume=changed");
        refused(TinyRuns.pretrain(finished, "resume=maybe"), "resume is 'maybe'; allowed: same");
        assertThat(content(finished)).isEqualTo(before);
    }

    @Test
    void aRecipeOfAnotherKindTouchesNothing() throws IOException {
        Map<String, String> before = content(finished);
        refused(TinyTexts.pretrain(finished), "has a run of another kind: pre-training by data2vec 2.0 on image");
        refused(
                TinyRuns.d2v("pretrain", "recipe=mae-tiny", "run=" + finished, "data=synthetic:40"),
                "has a run of another kind");
        refused(
                TinyRuns.d2v(
                        "finetune",
                        "recipe=image-tiny-classes",
                        "from=" + finished,
                        "run=" + finished,
                        "data=synthetic:40"),
                "has a run of another kind");
        assertThat(content(finished)).isEqualTo(before);
    }

    @Test
    void everySegmentKeepsHowItWasAskedFor() throws IOException {
        Path run = folder.resolve("in parts");
        assertThat(TinyRuns.pretrain(run, "train.updates=2").code()).isZero();
        assertThat(TinyRuns.pretrain(run, "train.updates=4", "resume=changed").code())
                .isZero();
        List<String> first = Files.readAllLines(run.resolve("segments/001.yaml"));
        assertThat(first.get(0)).isEqualTo("# segment 1 of this run, from update 0");
        assertThat(first.get(1)).matches("# date: \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(first.get(2))
                .startsWith("# command: d2v pretrain recipe=image-tiny 'run=" + run + "' data=synthetic:40");
        assertThat(first.get(3)).startsWith("# version: ");
        assertThat(first.get(4)).startsWith("# processor: ").contains(" cores, ", "Java ");
        Path second = run.resolve("segments/002.yaml");
        assertThat(second)
                .content()
                .startsWith("# segment 2 of this run, from update 2\n")
                .contains("resume=changed");
        PretrainConfig begun = bound(run.resolve("segments/001.yaml"));
        assertThat(ConfigDiff.between(begun, bound(second)))
                .extracting(ConfigDiff.Change::toString)
                .containsExactly("train.updates: 2 -> 4");
        assertThat(bound(run.resolve("config.yaml"))).isEqualTo(bound(second));
    }

    private static PretrainConfig bound(Path recipe) {
        return Recipe.load(recipe.toString(), List.of()).bind(PretrainConfig.class);
    }

    /** As if it had been killed after the last checkpoint, while it was measured. */
    @Test
    void anInterruptedEvaluationIsMadeUpFor() throws IOException {
        Path run = folder.resolve("interrupted");
        assertThat(TinyRuns.pretrain(run, "evaluate.every_updates=3").code()).isZero();
        Path metrics = run.resolve("metrics.jsonl");
        List<String> whole = Files.readAllLines(metrics);
        assertThat(whole.stream().filter(line -> line.contains("eval/knn_teacher")))
                .hasSize(2);
        Files.write(metrics, whole.subList(0, whole.size() - 1));
        Files.delete(run.resolve("report.html"));
        Outcome resumed = TinyRuns.pretrain(run, "evaluate.every_updates=3");
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(Files.readAllLines(metrics)).isEqualTo(whole);
        assertThat(run.resolve("report.html")).content().contains("teacher");
        Files.delete(run.resolve("report.html"));
        assertThat(TinyRuns.pretrain(run, "evaluate.every_updates=3").out()).contains("wrote " + run);
        assertThat(run.resolve("report.html")).exists();
    }
}
