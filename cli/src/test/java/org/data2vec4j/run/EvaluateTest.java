package org.data2vec4j.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.run.TinyRuns.Outcome;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code d2v evaluate} and {@code d2v compare}, on encoders of a few thousand weights. */
class EvaluateTest {
    private static final List<String> SMALL = List.of("seeds=0,1", "shares=0.1", "tokens=40", "map=20");

    @TempDir
    static Path folder;

    static Path run;
    static Outcome evaluated;

    @BeforeAll
    static void pretrainsAndEvaluates() {
        run = folder.resolve("pictures");
        assertThat(TinyRuns.pretrain(run, "train.updates=2").code()).isZero();
        evaluated = evaluate(run.toString(), "data=synthetic:120", "bank=80", "queries=24");
        assertThat(evaluated.code()).as(evaluated.err()).isZero();
    }

    private static Outcome evaluate(String... more) {
        List<String> words = new ArrayList<>(List.of("evaluate"));
        words.addAll(List.of(more));
        words.addAll(SMALL);
        return TinyRuns.d2v(words.toArray(String[]::new));
    }

    private static JsonNode json(Path folder) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(folder.resolve("evaluation.json")));
    }

    @Test
    void everyScoreStandsBesideItsControlsAndItsProtocol() throws IOException {
        JsonNode root = json(run);
        assertThat(root.path("modality").asString()).isEqualTo("images");
        JsonNode protocol = root.path("protocol");
        assertThat(protocol.path("bank_size").asString()).isEqualTo("80");
        assertThat(protocol.path("test_size").asString()).isEqualTo("24");
        assertThat(protocol.path("bank").asString()).hasSize(32);
        assertThat(protocol.path("k").asString()).isEqualTo("20");
        assertThat(protocol.path("seeds").asString()).isEqualTo("[0, 1]");
        List<String> subjects = new ArrayList<>();
        root.path("scores").forEach(score -> {
            assertThat(score.path("median").asDouble()).isBetween(0.0, 100.0);
            assertThat(score.path("low").asDouble())
                    .isLessThanOrEqualTo(score.path("high").asDouble());
            score.path("depends_on")
                    .forEach(field -> assertThat(protocol.has(field.asString())
                                    || field.asString().equals("by"))
                            .as(field.asString() + " is in the protocol")
                            .isTrue());
            if (score.path("probe").asString().equals("linear")
                    && score.path("share").asDouble() == 1) {
                subjects.add(score.path("subject").asString());
                assertThat(score.path("values").size()).isEqualTo(2);
            }
        });
        assertThat(subjects).containsExactly("student", "teacher", "random", "raw");
        assertThat(root.path("subsets").size()).isEqualTo(2);
        assertThat(root.path("subsets").get(0).path("ids").size()).isBetween(6, 12);
        assertThat(root.path("cka").path("layers").size()).isEqualTo(3 * 4);
        assertThat(evaluated.out()).contains("k-NN: student", "linear probe, 10 % of labels: untrained", "wrote ");
    }

    @Test
    void thePageNeedsNothingElse() throws IOException {
        String page = Files.readString(run.resolve("evaluation.html"));
        assertThat(page).doesNotContainPattern("(src|href)=\"(?!data:|#)");
        String namespace = "http://www.w3.org/2000/svg"; // a name, which nothing is fetched from
        assertThat(page.replace(namespace, "")).doesNotContain("@import", "http://", "https://");
        assertThat(page)
                .contains("Evaluation of pictures", "untrained", "pixels", "Few labels", "10 % of the labels: ")
                .contains("Layer by layer", "effective rank", "CKA between layers", "attention of the CLS token")
                .contains("class=\"cloud\" data-tile=\"16 16 20\"", "Protocol", "ridge penalties");
    }

    @Test
    void isTheSameAgain() throws IOException {
        Outcome again =
                evaluate("run=" + run, "data=synthetic:120", "bank=80", "queries=24", "out=" + folder.resolve("again"));
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(json(folder.resolve("again"))).isEqualTo(json(run));
    }

    @Test
    void comparisonsSayWhatDiffersRowByRow() throws IOException {
        Path fewer = folder.resolve("fewer");
        Outcome outcome = evaluate(
                run.toString(),
                "data=synthetic:120",
                "bank=80",
                "queries=24",
                "k=5",
                "weights=student",
                "out=" + fewer);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        Path page = folder.resolve("comparison.html");
        Outcome compared = TinyRuns.d2v("compare", run.toString(), fewer.toString(), "out=" + page);
        assertThat(compared.code()).as(compared.err()).isZero();
        List<String> lines = compared.out().lines().toList();
        assertThat(line(lines, "k-NN: student")).contains("differs: k 20 / 5");
        assertThat(line(lines, "linear probe: student")).endsWith("same");
        assertThat(line(lines, "linear probe: teacher")).contains("–").endsWith("one run only");
        assertThat(Files.readString(page))
                .contains(
                        "pictures beside pictures (2)",
                        "<span class=\"differs\">differs: k 20 / 5",
                        "rows were not measured alike");

        Path smaller = folder.resolve("smaller");
        assertThat(evaluate(run.toString(), "data=synthetic:120", "bank=60", "queries=24", "out=" + smaller)
                        .code())
                .isZero();
        compared = TinyRuns.d2v(
                "compare", run.toString(), smaller.resolve("evaluation.json").toString(), "out=" + page);
        assertThat(line(compared.out().lines().toList(), "linear probe, 10 % of labels: raw"))
                .contains("differs: bank ", "bank_size 80 / 60", "labels_10percent");
    }

    private static String line(List<String> lines, String start) {
        return lines.stream()
                .filter(line -> line.startsWith(start + " "))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void recordings() throws IOException {
        Path speech = folder.resolve("speech");
        Outcome trained = TinySpeech.pretrain(speech);
        assertThat(trained.code()).as(trained.err()).isZero();
        Outcome outcome = evaluate(speech.toString(), "data=synthetic-units:40", "test=synthetic-units:20");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        JsonNode root = json(speech);
        assertThat(root.path("protocol").path("raw").asString()).isEqualTo("log-mel");
        assertThat(Files.readString(speech.resolve("evaluation.html"))).contains("data-tile=\"64 40 ");
        assertThat(evaluate(speech.toString(), "data=synthetic-units:40").err()).contains("test=PATH or test_split");
        assertThat(evaluate(speech.toString(), "data=synthetic-units:40", "test=synthetic-units:20", "finetune=2")
                        .err())
                .contains("finetune=N works for images and text");
    }

    @Test
    void sentences() throws IOException {
        Path text = folder.resolve("text");
        assertThat(TinyTexts.pretrain(text, "train.updates=2").code()).isZero();
        Outcome outcome = evaluate(text.toString(), "data=synthetic:60", "test=synthetic:30", "bank=50");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        JsonNode root = json(text);
        assertThat(root.path("protocol").path("raw").asString()).isEqualTo("bag of tokens");
        assertThat(root.path("protocol").path("bank_size").asString()).isEqualTo("50");
        assertThat(Files.readString(text.resolve("evaluation.html")))
                .contains("class=\"cloud\"")
                .doesNotContain("data-tile=\"");
    }

    /** From the pre-trained encoder and from scratch, by the same number of updates. */
    @Test
    void fineTunesBesideTrainingFromScratch() throws IOException {
        Path tuned = folder.resolve("tuned");
        Outcome outcome = TinyRuns.d2v(
                "evaluate",
                run.toString(),
                "data=synthetic:120",
                "test=synthetic:30",
                "weights=student",
                "seeds=1",
                "shares=0.5",
                "tokens=20",
                "map=10",
                "finetune=2",
                "out=" + tuned);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        List<String> subjects = new ArrayList<>();
        json(tuned).path("scores").forEach(score -> {
            if (score.path("probe").asString().equals("fine_tuned")) {
                subjects.add(score.path("subject").asString());
            }
        });
        assertThat(subjects).containsExactly("student", "random");
        assertThat(json(tuned).path("protocol").path("finetune").asString())
                .isEqualTo("2 updates of image-tiny-classes");
        assertThat(evaluate(run.toString(), "data=synthetic:120", "finetune=2").err())
                .contains("test=PATH is missing");
    }

    @Test
    void refusesWhatItCannotDo() throws IOException {
        assertThat(evaluate(run.toString(), "banks=3").err()).contains("'banks=3' is not known here", "bank=N");
        assertThat(evaluate(run.toString(), "data=synthetic:120", "temperature=hot")
                        .err())
                .contains("temperature is 'hot'");
        assertThat(TinyRuns.d2v("evaluate", run.toString(), "shares=2").err()).contains("shares holds 2.0");
        assertThat(TinyRuns.d2v("evaluate", run.toString(), "shares=few").err()).contains("shares is 'few'");
        assertThat(TinyRuns.d2v("evaluate", run.toString(), "seeds=a").err()).contains("seeds is 'a'");
        assertThat(evaluate("bank=3").err()).contains("run=… is missing");
        assertThat(TinyRuns.d2v("compare", folder.toString()).err()).contains("make it with: d2v evaluate");
        Path broken = folder.resolve("broken.json");
        Files.writeString(broken, "{\"format\": 7}");
        assertThat(TinyRuns.d2v("compare", broken.toString()).err()).contains("is of format 7");
        Files.writeString(broken, "{");
        assertThat(TinyRuns.d2v("compare", broken.toString()).err())
                .contains("cannot read")
                .hasLineCount(1);
        assertThat(TinyRuns.d2v("compare", "out=x.html").err()).contains("no run is given");
    }
}
