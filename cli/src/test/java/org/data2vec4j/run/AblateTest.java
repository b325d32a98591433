package org.data2vec4j.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.data2vec4j.run.TinyRuns.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

/** {@code d2v ablate}, from end to end, on models of a few thousand weights. */
class AblateTest {
    private static final String IMAGES = """
            # tiny
            recipe: image-tiny
            data: synthetic:40
            run: unused
            seeds: [1, 2]
            budget: {updates: 3}
            settings: [precision=fp32, device=cpu, image.size=16, model.prenet=1, model.depth=2, model.block.width=16,
              model.block.heads=2, data2vec2.clones=2, data2vec2.decoder.width=16, data2vec2.decoder.layers=1,
              data2vec2.targets.layers=2, train.batch=4, train.threads=1]
            measure: {score: knn, weights: teacher, settings: [bank=20, queries=8]}
            keep: false
            variations:
              - {name: as it is, settings: []}
              - {name: "random, 50 % & more", settings: ["data2vec2.mask={kind: random, ratio: 0.5}"]}
            """;

    @TempDir
    Path folder;

    private Path file(String text) throws Exception {
        return Files.writeString(folder.resolve("ablation.yaml"), text);
    }

    private Outcome ablate(Path file, Path run, String... more) {
        List<String> words = new ArrayList<>(List.of("ablate", "recipe=" + file, "run=" + run));
        words.addAll(Arrays.asList(more));
        return TinyRuns.d2v(words.toArray(String[]::new));
    }

    @Test
    void everyVariationByEverySeedAndOnlyOnce() throws Exception {
        Path file = file(IMAGES);
        Path run = folder.resolve("run");
        Outcome outcome = ablate(file, run);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("cell 1 of 4: as it is, seed 1", "cell 4 of 4: random, 50 % & more, seed 2");
        assertThat(Files.readAllLines(run.resolve("results.jsonl"))).hasSize(4).allMatch(line -> line.contains("knn"));
        String table = Files.readString(run.resolve("ablation.md"));
        assertThat(table)
                .contains("3 updates of image-tiny on synthetic:40, seeds 1, 2; percent of k-NN (teacher encoder)")
                .containsPattern("(?m)^\\| as it is \\| [\\d.]+ \\| -?[\\d.]+ to [\\d.]+ \\|  \\| [\\d.]+ [\\d.]+ \\|")
                .containsPattern(
                        "(?m)^\\| random, 50 % & more \\| [\\d.]+ \\| \\S+ to \\S+ \\| [+-][\\d.]+ ± [\\d.]+ \\|");
        String plot = Files.readString(run.resolve("ablation.svg"));
        assertThat(plot).contains("random, 50 % &amp; more", "class=\"bar\"", "untrained");
        assertThat(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(plot)))
                        .getElementsByTagName("circle")
                        .getLength())
                .as("a dot for each seed and one for the mean, of two variations")
                .isEqualTo(6);
        try (Stream<Path> files = Files.walk(run)) {
            assertThat(files.filter(path -> path.toString().endsWith(".safetensors")))
                    .as("checkpoints of measured cells go")
                    .isEmpty();
        }

        Outcome again = ablate(file, run);
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.out())
                .contains("cell 3 of 4: as it is, seed 2, done before")
                .doesNotContain(" in " + run);

        // Another score of the same cells needs no training, another setting does.
        Outcome probe = ablate(file, run, "measure.score=probe", "measure.weights=student");
        assertThat(probe.out())
                .contains("percent of linear probe (student encoder)")
                .doesNotContain(" in " + run);
        Outcome more = ablate(file, run, "seeds=1,2,3", "keep=true");
        assertThat(more.out()).contains("cell 2 of 6: random, 50 % & more, seed 1, done before", "seed 3 in " + run);
        assertThat(Files.readAllLines(run.resolve("results.jsonl"))).hasSize(6);
        Outcome longer = ablate(file, run, "budget.updates=4", "seeds=1");
        assertThat(longer.out()).contains("cell 1 of 2: as it is, seed 1 in " + run);
    }

    @Test
    void aCellThatCollapsesIsNamedAndNotCounted() throws Exception {
        Path file = file(IMAGES.replace(
                "settings: [\"data2vec2.mask={kind: random, ratio: 0.5}\"]",
                "settings: [guard.after_updates=0, guard.min_target_std=99, train.diagnose_every=1]"));
        Path run = folder.resolve("run");
        Outcome outcome = ablate(file, run, "seeds=7");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(Files.readString(run.resolve("ablation.md")))
                .contains("Not counted: random, 50 % & more, seed 7: update 1: collapse: target/std is")
                .containsPattern("(?m)^\\| random, 50 % & more \\|  \\|  \\|  \\|");
    }

    @Test
    void minutesBecomeUpdates() throws Exception {
        Path file = file(IMAGES.replace("{updates: 3}", "{minutes: 0.005}"));
        Path run = folder.resolve("run");
        Outcome outcome = ablate(file, run, "seeds=1");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(Files.readAllLines(run.resolve("pilots.jsonl")))
                .hasSize(2)
                .allMatch(line -> line.contains("seconds_per_update"));
        Outcome again = ablate(file, run, "seeds=1");
        assertThat(again.out()).contains("cell 2 of 2: random, 50 % & more, seed 1, done before");
    }

    @Test
    void recordingsAndText() throws Exception {
        Path audio = file("""
                recipe: aqc-tiny
                data: synthetic:12
                run: unused
                seeds: [1]
                budget: {updates: 2}
                settings: [precision=fp32, device=cpu, audio.max_seconds=1, audio.min_crop_seconds=1,
                  "audio.feature_encoder.extractor=[{channels: 8, kernel: 80, stride: 40}, {channels: 8, kernel: 8, stride: 8}]",
                  model.depth=2, model.block.width=16, model.block.heads=2, model.positions.layers=1, aqc.targets.layers=2,
                  aqc.contrast.task.negatives=4, train.batch=3, train.threads=1]
                measure: {score: probe, weights: last, settings: [by=speaker, data=synthetic:16, test=synthetic:8]}
                keep: false
                variations:
                  - {name: with Q, settings: []}
                  - {name: without Q, settings: [aqc.contrast.codes=none]}
                """);
        Path run = folder.resolve("audio");
        Outcome outcome = ablate(audio, run);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(Files.readString(run.resolve("ablation.md"))).contains("| without Q | ");

        Path sentences = folder.resolve("train.txt");
        Files.writeString(sentences, "good so good it was\nbad how bad it was\ngood and good\nbad and bad\n");
        Path text = file("""
                recipe: roberta-tiny
                data: synthetic:60
                run: unused
                seeds: [1]
                budget: {updates: 2}
                settings: [precision=fp32, device=cpu, text.vocabulary=300, text.length=16, model.depth=1,
                  model.block.width=16, model.block.heads=2, train.batch=4, train.threads=1]
                measure: {settings: ["data=FILE", "test=FILE"]}
                keep: false
                variations:
                  - {name: fifteen, settings: []}
                """.replace("FILE", sentences.toString()));
        Outcome words = ablate(text, folder.resolve("text"));
        assertThat(words.code()).as(words.err()).isZero();
        assertThat(words.out()).contains("| fifteen | ");
    }

    @Test
    void whatIsWrongIsOneLineBeforeAnythingIsWritten() throws Exception {
        refused(IMAGES.replace("[1, 2]", "[1, 1]"), "seeds is [1, 1]; allowed: one or more, none twice");
        refused(IMAGES.replace("{updates: 3}", "{}"), "budget.updates and minutes are both missing; give exactly one");
        refused(
                IMAGES.replace("{updates: 3}", "{updates: 3, minutes: 1}"),
                "budget.updates and minutes are both given");
        refused(IMAGES.replace("{updates: 3}", "{updates: 0}"), "budget.updates is 0; allowed: 1 or more");
        refused(IMAGES.replace("\"random, 50 % & more\"", "as it is"), "variations has 'as it is' twice");
        refused(
                IMAGES.replace("ratio: 0.5", "ratio: 1.5"),
                "variation 'random, 50 % & more': command line: data2vec2.mask.ratio is 1.5;");
        refused(IMAGES.replace("train.batch=4", "train.bach=4"), "unknown key train.bach; did you mean batch?");
        refused(IMAGES.replace("recipe: image-tiny", "recipe: image-tny"), "did you mean image-tiny?");
        refused(IMAGES.replace("bank=20", "bonk=20"), "measure.settings: 'bonk=20' is not known here");
        refused(IMAGES.replace("bank=20", "weights=student"), "the encoder is measure.weights");
        refused(
                IMAGES.replace("image-tiny", "aqc-tiny").replaceAll("(?s)settings: \\[precision.*?\\]", "settings: []"),
                "measure.settings: data=… is missing");
        refused(IMAGES.replace("variations:", "variation:"), "unknown key variation");
        Path run = folder.resolve("run");
        Outcome seeds = ablate(file(IMAGES), run, "seeds=1,one");
        assertThat(seeds.err()).contains("seeds is '1,one'; allowed: different whole numbers");
        assertThat(run).doesNotExist();
    }

    private void refused(String text, String expected) throws Exception {
        Path run = folder.resolve("run");
        Outcome outcome = ablate(file(text), run);
        assertThat(outcome.code()).as(outcome.out()).isEqualTo(1);
        assertThat(outcome.err().strip().lines()).as(outcome.err()).hasSize(1);
        assertThat(outcome.err()).startsWith("d2v: ").contains(expected);
        assertThat(run).doesNotExist();
    }

    @Test
    void anEncoderThatIsNoneAndDamagedResults() throws Exception {
        Path run = folder.resolve("run");
        Outcome encoder = ablate(file(IMAGES), run, "measure.weights=pupil", "seeds=1");
        assertThat(encoder.code()).isEqualTo(1);
        assertThat(encoder.err()).contains("measure.weights is 'pupil'; allowed: student, teacher, first, last");
        Files.writeString(run.resolve("results.jsonl"), "{\"key\": \"a\"}\n{\"key\": \n");
        Outcome damaged = ablate(file(IMAGES), run, "seeds=1");
        assertThat(damaged.code()).isEqualTo(1);
        assertThat(damaged.err()).contains("results.jsonl is damaged at line 2; delete that line");
    }
}
