package org.data2vec4j.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.data2vec4j.cli.command.StoppedRace;
import org.data2vec4j.run.TinyRuns.Outcome;
import org.data2vec4j.train.checkpoint.Checkpoints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code d2v race}, from end to end, on models of a few thousand weights. */
class RaceTest {
    private static final String IMAGES = """
            # tiny
            data: synthetic:40
            run: unused
            seeds: [1, 2]
            budget: {seconds: 0.4, slice: 0.08, evaluate: 0.2}
            settings: [precision=fp32, device=cpu, image.size=16, model.depth=2, model.block.width=16,
              model.block.heads=2, train.batch=4, train.threads=1, train.diagnose_every=1000000]
            measure: {score: knn, weights: last, settings: [bank=20, queries=8]}
            competitors:
              - name: second
                recipe: image-tiny
                settings: [model.prenet=1, data2vec2.clones=2, data2vec2.decoder.width=16, data2vec2.decoder.layers=1,
                  data2vec2.targets.layers=2]
              - name: "MAE & <co>"
                recipe: mae-tiny
                settings: [mae.decoder.width=16, mae.decoder.depth=1, mae.decoder.heads=2]
            """;
    private static final String COLLAPSES = IMAGES.replace(
            "mae.decoder.heads=2]",
            "mae.decoder.heads=2, guard.after_updates=0, guard.min_prediction_std=99, train.diagnose_every=1]");
    private static final String SWEEP = IMAGES + "sweep: {updates: 2, learning_rates: [1.0e-3, 2.0e-3]}\n";

    @TempDir
    Path folder;

    private Path file(String text) throws Exception {
        return Files.writeString(folder.resolve("race.yaml"), text);
    }

    private static Outcome race(Path file, Path run, String... more) {
        List<String> words = new ArrayList<>(List.of("race", "recipe=" + file, "run=" + run));
        words.addAll(Arrays.asList(more));
        return TinyRuns.d2v(words.toArray(String[]::new));
    }

    private static JsonNode json(Path run) throws Exception {
        return JsonMapper.shared().readTree(Files.readString(run.resolve("race.json")));
    }

    @Test
    void everyoneTrainsByTurnsAndIsMeasuredOnTheWay() throws Exception {
        Path file = file(SWEEP);
        Path run = folder.resolve("run");
        Outcome outcome = race(file, run);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .contains("timing second, 3 of 3", "learning rate 0.002 of MAE & <co> (4 of 4)")
                .contains("on the track: second, seed 1, 0 s of about 0.", " to go")
                .contains("MAE & <co>, seed 2: k-NN ", "point 2 of 2");
        List<String> turns = outcome.out()
                .lines()
                .filter(line -> line.startsWith("on the track"))
                .map(line -> line.replaceAll("on the track: (.*), seed (\\d).*", "$1 $2"))
                .toList();
        assertThat(turns.subList(0, 4)).containsExactly("second 1", "MAE & <co> 1", "second 1", "MAE & <co> 1");

        JsonNode json = json(run);
        assertThat(json.path("competitors").size()).isEqualTo(2);
        for (JsonNode competitor : json.path("competitors")) {
            long updates = competitor.path("updates").asLong();
            assertThat(competitor.path("sweep").size()).isEqualTo(2);
            for (JsonNode lane : competitor.path("runs")) {
                assertThat(lane.path("points").size()).isEqualTo(2);
                JsonNode last = lane.path("points").get(1);
                assertThat(last.path("updates").asLong()).isEqualTo(updates);
                assertThat(last.path("samples").asDouble()).isEqualTo(4.0 * updates);
                assertThat(last.path("flops").asDouble())
                        .isEqualTo(competitor.path("pilot_flops_per_update").asDouble() * updates);
                Checkpoints.Saved saved =
                        new Checkpoints(Path.of(lane.path("run").asString()), 1).newest();
                assertThat(saved).isNotNull();
                assertThat(saved.state().update()).isEqualTo(updates);
                assertThat(last.path("seconds").asDouble())
                        .isEqualTo(saved.state().elapsed());
            }
        }
        for (JsonNode reach : json.path("time_to_accuracy").path("probe")) {
            assertThat(reach.path("timed_of_the_other").asDouble())
                    .as("by the speed before the race, nobody takes longer than the budget")
                    .isBetween(0.0, 0.4 + 1e-9);
        }
        assertThat(Files.readString(run.resolve("race.md")))
                .contains(
                        "# second against MAE & <co>",
                        "## k-NN at the end, percent",
                        "## Time to the other's best k-NN")
                .contains(
                        "## Linear probe at the end, percent",
                        "## What it took",
                        "## Learning rates tried, 2 updates each",
                        "(taken)")
                .containsPattern("\\| model.prenet \\| 1 \\| 0 \\|");
        assertThat(Files.readAllLines(run.resolve("race.csv")))
                .as("two seeds, two points, three encoders")
                .hasSize(1 + 2 * 2 * 3);
        String plot = Files.readString(run.resolve("race-knn-seconds.svg"));
        assertThat(plot)
                .contains("MAE &amp; &lt;co&gt;", "class=\"area c2\"", "untrained ", "no encoder ")
                .contains("percent, mean of 2 seeds, and from the one to the other");
        assertThat(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(plot)))
                        .getElementsByTagName("circle")
                        .getLength())
                .as("two points and the beginning, of two competitors")
                .isEqualTo(6);
        assertThat(run.resolve("race-probe-flops.svg")).exists();
        assertThat(Files.readString(run.resolve("race-probe-timed.svg"))).contains("seconds at the speed timed before");
        assertThat(Files.readString(run.resolve("race.html")))
                .contains("<svg class=\"bands\"", "Settings that differ", "MAE &amp; &lt;co&gt;")
                .doesNotContain("<co>");
        try (Stream<Path> files = Files.walk(run.resolve("sweep"))) {
            assertThat(files.filter(Files::isRegularFile))
                    .as("runs of the sweep go")
                    .isEmpty();
        }

        Outcome again = race(file, run);
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.out()).contains("done before").doesNotContain("on the track", "timing second");
        assertThat(json(run)).isEqualTo(json);

        // Another score of the same runs needs no timing; only another learning rate would be trained.
        Outcome probe = race(file, run, "measure.score=probe");
        assertThat(probe.out()).doesNotContain("timing second");
        Outcome student = race(file, run, "measure.weights=student");
        assertThat(student.code()).isEqualTo(1);
        assertThat(student.err())
                .contains("competitor 'MAE & <co>': measure.weights is 'student'; allowed: encoder, first, last");
    }

    @Test
    void aRaceThatIsStoppedGoesOnAsIfItHadNot() throws Exception {
        Path file = file(IMAGES.replace(
                "{seconds: 0.4, slice: 0.08, evaluate: 0.2}", "{seconds: 0.2, slice: 0.05, evaluate: 0.1}"));
        Path whole = folder.resolve("whole");
        Path stopped = folder.resolve("stopped");
        assertThat(race(file, whole, "seeds=1").code()).isZero();
        // The same speeds, so that both make the same updates.
        Files.createDirectories(stopped);
        Files.copy(whole.resolve("pilots.jsonl"), stopped.resolve("pilots.jsonl"));
        int sessions = 0;
        for (int updates = 5; !StoppedRace.run(file, stopped, updates); updates += 10) {
            assertThat(++sessions).isLessThan(500);
        }
        assertThat(sessions).isGreaterThan(1);
        assertThat(scores(stopped)).isEqualTo(scores(whole));
    }

    /** By competitor and point: what was seen and scored, without times. */
    private static Map<String, String> scores(Path run) throws Exception {
        Map<String, String> scores = new LinkedHashMap<>();
        for (JsonNode competitor : json(run).path("competitors")) {
            for (JsonNode point : competitor.path("runs").get(0).path("points")) {
                scores.put(
                        competitor.path("name").asString() + point.path("point"),
                        point.path("updates") + " " + point.path("samples") + " " + point.path("flops") + " "
                                + point.path("encoders"));
            }
        }
        return scores;
    }

    @Test
    void oneThatCollapsesIsOutAndTheOtherGoesOn() throws Exception {
        Path file = file(COLLAPSES);
        Path run = folder.resolve("run");
        Outcome outcome = race(file, run, "seeds=1");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("MAE & <co> is out: update 1: collapse", "second, seed 1: k-NN");
        assertThat(Files.readString(run.resolve("race.md")))
                .contains("Stopped: MAE & <co>, seed 1, and not counted: update 1: collapse");
        assertThat(race(file, run, "seeds=1").out()).doesNotContain("on the track");
    }

    @Test
    void aSweepIsJudgedByItsScoresNotByTheGuard() throws Exception {
        Path file = file(COLLAPSES);
        Outcome sweep = race(file, folder.resolve("run"), "seeds=1", "sweep={updates: 2, learning_rates: [1.0e-3]}");
        assertThat(sweep.code()).as(sweep.err()).isZero();
        assertThat(sweep.out())
                .contains("MAE & <co>: ", "learning rate 0.001", "MAE & <co> is out: update 1: collapse");
        Outcome beyond = race(
                file(SWEEP.replace("[1.0e-3, 2.0e-3]", "[1.0e+30, 1.0e+35]").replace("updates: 2", "updates: 3")),
                folder.resolve("beyond"),
                "seeds=1");
        assertThat(beyond.code()).isEqualTo(1);
        assertThat(beyond.err()).contains("was stopped with every learning rate of the sweep, last: update ");
    }

    @Test
    void recipesStretchWithTheirUpdates() throws Exception {
        Path file = file(IMAGES.replace("evaluate: 0.2", "evaluate: 0.4"));
        Path run = folder.resolve("run");
        assertThat(race(file, run, "seeds=1").code()).isZero();
        JsonNode second = json(run).path("competitors").get(0);
        long updates = second.path("updates").asLong();
        String config = Files.readString(
                Path.of(second.path("runs").get(0).path("run").asString()).resolve("config.yaml"));
        assertThat(config)
                .contains("warmup: " + Math.max(1, Math.round(200 * updates / 2500.0)))
                .contains("anneal_updates: " + Math.round(1500 * updates / 2500.0))
                .contains("after_updates: " + Math.round(500 * updates / 2500.0));
    }

    @Test
    void textSharesItsTokenizerAndRecordingsRaceToo() throws Exception {
        Path sentences = folder.resolve("train.txt");
        Files.writeString(sentences, "good so good it was\nbad how bad it was\ngood and good\nbad and bad\n");
        Path text = file("""
                data: synthetic:60
                run: unused
                seeds: [1]
                budget: {seconds: 0.1, slice: 0.1, evaluate: 0.1}
                settings: [precision=fp32, device=cpu, text.vocabulary=300, text.length=16, model.depth=1,
                  model.block.width=16, model.block.heads=2, train.batch=4, train.threads=1]
                measure: {score: probe, weights: last, settings: ["data=FILE", "test=FILE"]}
                competitors:
                  - {name: RoBERTa, recipe: roberta-tiny, settings: []}
                  - {name: slower, recipe: roberta-tiny, settings: [optimizer.learning_rate=1.0e-4]}
                """.replace("FILE", sentences.toString()));
        Path run = folder.resolve("text");
        Outcome words = race(text, run);
        assertThat(words.code()).as(words.err()).isZero();
        assertThat(words.out()).doesNotContain("training a tokenizer");
        assertThat(Files.readString(run.resolve("race.md")))
                .contains("| optimizer.learning_rate | 6.0e-4 | 1.0e-4 |")
                .doesNotContain("text.cache");

        Path audio = file("""
                data: synthetic:12
                run: unused
                seeds: [1]
                budget: {seconds: 0.1, slice: 0.1, evaluate: 0.1}
                settings: [precision=fp32, device=cpu, audio.max_seconds=1, audio.min_crop_seconds=1,
                  "audio.feature_encoder.extractor=[{channels: 8, kernel: 80, stride: 40}, {channels: 8, kernel: 8, stride: 8}]",
                  model.depth=2, model.block.width=16, model.block.heads=2, train.batch=3, train.threads=1]
                measure: {score: probe, weights: last, settings: [by=speaker, data=synthetic:16, test=synthetic:8]}
                competitors:
                  - name: first
                    recipe: audio-v1-tiny
                    settings: [data2vec1.targets.layers=2, model.positions.layers=1]
                  - name: wav2vec 2.0
                    recipe: wav2vec2-tiny
                    settings: [wav2vec2.contrast.negatives=4]
                """);
        Outcome recordings = race(audio, folder.resolve("audio"));
        assertThat(recordings.code()).as(recordings.err()).isZero();
        assertThat(recordings.out()).contains("wav2vec 2.0, seed 1: linear probe ");
    }

    @Test
    void whatIsWrongIsOneLineBeforeAnythingIsWritten() throws Exception {
        refused(IMAGES.replace("recipe: mae-tiny", "recipe: mae-tny"), "did you mean mae-tiny?");
        refused(IMAGES.substring(0, IMAGES.indexOf("  - name: \"MAE")), "competitors has 1; a race takes two or more");
        refused(IMAGES.replace("\"MAE & <co>\"", "second"), "competitors has 'second' twice");
        refused(
                IMAGES.replace("mae-tiny", "wav2vec2-tiny")
                        .replaceAll("settings: \\[mae.*", "settings: []")
                        .replace("image.size=16, ", "")
                        .replace("model.depth=2, model.block.width=16,\n", "")
                        .replace("model.block.heads=2, ", "")
                        .replaceAll("(?s)settings: \\[model.prenet.*?\\]", "settings: []"),
                "'second' trains on images and 'MAE & <co>' on recordings; competitors must share a kind of data");
        refused(IMAGES.replace("seconds: 0.4", "seconds: 0"), "budget.seconds is 0; allowed: above 0");
        refused(IMAGES.replace("slice: 0.08", "slice: 0"), "budget.slice is 0; allowed: above 0");
        refused(
                IMAGES.replace("slice: 0.08", "slice: 60"),
                "budget.slice is 60.0 but seconds is 0.4; allowed: at most");
        refused(IMAGES.replace("evaluate: 0.2", "evaluate: 1"), "budget.evaluate is 1.0 but seconds is 0.4");
        refused(IMAGES.replace("seeds: [1, 2]", "seeds: []"), "seeds is []; allowed: one or more");
        refused(IMAGES.replace("[1, 2]", "[1, 1]"), "seeds is [1, 1]; allowed: one or more, none twice");
        refused(IMAGES.replace("bank=20", "bonk=20"), "'second': measure.settings: 'bonk=20' is not known here");
        refused(IMAGES.replace("mae.decoder.width", "mae.decoder.wide"), "competitor 'MAE & <co>': command line: ");
        refused(IMAGES.replace("train.batch=4", "train.bach=4"), "unknown key train.bach; did you mean batch?");
        refused(SWEEP.replace("updates: 2, ", ""), "sweep.updates and seconds are both missing; give exactly one");
        refused(SWEEP.replace("updates: 2", "updates: 2, seconds: 1"), "sweep.updates and seconds are both given");
        refused(SWEEP.replace("updates: 2", "seconds: 0"), "sweep.seconds is 0; allowed: above 0");
        refused(SWEEP.replace("[1.0e-3, 2.0e-3]", "[]"), "learning_rates is []; allowed: one or more");
        refused(SWEEP.replace("[1.0e-3, 2.0e-3]", "[0, 1]"), "learning_rates is 0; allowed: above 0");
        refused(IMAGES.replace("budget:", "buget:"), "unknown key buget");
        Outcome none = TinyRuns.d2v("race", "run=x");
        assertThat(none.err()).contains("recipe=… is missing, for example: d2v race recipe=race-images");
    }

    private void refused(String text, String expected) throws Exception {
        Path run = folder.resolve("run");
        Outcome outcome = race(file(text), run);
        assertThat(outcome.code()).as(outcome.out()).isEqualTo(1);
        assertThat(outcome.err().strip().lines()).as(outcome.err()).hasSize(1);
        assertThat(outcome.err()).startsWith("d2v: ").contains(expected);
        assertThat(run).doesNotExist();
    }
}
