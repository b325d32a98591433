package org.data2vec4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.data2vec4j.cli.D2v;
import org.data2vec4j.run.ControlledScores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the quickstart leaves behind: a page that says what came out, and the scores in the form that scripts rely on. */
class QuickstartTest {
    @TempDir
    Path folder;

    @Test
    void scoresHaveTheirFormAndThePageSaysWhatTheyMean() throws Exception {
        Path run = folder.resolve("quickstart");
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said, true);
        String[] words = {
            "quickstart",
            "run=" + run,
            "data=synthetic-patterns:120",
            "train.updates=2",
            "train.batch=8",
            "train.threads=1",
            "precision=fp32",
            "model.depth=1",
            "data2vec2.targets.layers=1",
            "evaluate.bank=60",
            "evaluate.queries=40"
        };
        assertThat(D2v.run(words, out, out)).as(said.toString()).isZero();

        JsonNode scores = JsonMapper.shared().readTree(run.resolve(ControlledScores.NAME));
        assertThat(scores.propertyNames()).containsExactly("knn", "probe");
        for (String probe : List.of("knn", "probe")) {
            JsonNode score = scores.required(probe);
            assertThat(score.propertyNames()).containsExactly("student", "untrained", "raw", "standard_error");
            for (String name : score.propertyNames()) {
                assertThat(score.required(name).asDouble())
                        .as("%s of %s", name, probe)
                        .isBetween(0.0, 100.0);
            }
        }
        ControlledScores read = ControlledScores.read(run);
        assertThat(read).isNotNull();
        String sentence = read.sentence("raw pixels");
        assertThat(Files.readString(run.resolve("report.html"))).contains(sentence);
        assertThat(said.toString()).contains("open it in a browser: " + run.resolve("report.html"));
    }
}
