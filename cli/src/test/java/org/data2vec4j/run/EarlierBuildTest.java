package org.data2vec4j.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.data2vec4j.tensor.SafeTensors;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.safetensors.SafeTensorsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Run directories that the build of commit 539ccd1 wrote (see the README beside them) resume, embed, report and are used for what they
 * were fine-tuned for. Numbers differ between processors by rounding, hence the tolerance.
 */
class EarlierBuildTest {
    private static final double TOLERANCE = 1e-5;

    @TempDir
    Path folder;

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(EarlierBuildTest.class.getResource("/old-runs/" + name))
                .toURI());
    }

    private Path copy(String name) throws Exception {
        Path from = resource(name);
        Path to = folder.resolve(from.getFileName().toString());
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        return to;
    }

    @ParameterizedTest
    @ValueSource(strings = {"image", "audio", "text"})
    void anInterruptedRunResumesToWhatThatBuildMadeOfIt(String modality) throws Exception {
        Path run = copy(modality + "/interrupted");
        TinyRuns.Outcome outcome = TinyRuns.d2v("pretrain", "recipe=" + run.resolve("config.yaml"), "run=" + run);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("resuming from", "at update 2");
        Path expected = resource(modality + "/complete/checkpoints/step-000004");
        for (String file : List.of("student.safetensors", "teacher.safetensors", "optimiser.safetensors")) {
            assertAlike(run.resolve("checkpoints/step-000004").resolve(file), expected.resolve(file));
        }
        assertThat(run.resolve("report.html")).exists();
    }

    private static void assertAlike(Path actual, Path expected) throws IOException {
        try (Scope scope = Scope.open();
                SafeTensorsFile ours = SafeTensorsFile.open(actual);
                SafeTensorsFile theirs = SafeTensorsFile.open(expected)) {
            assertThat(ours.names()).containsExactlyInAnyOrderElementsOf(theirs.names());
            for (String name : theirs.names()) {
                float[] a = SafeTensors.read(ours, name).toFloats();
                float[] b = SafeTensors.read(theirs, name).toFloats();
                assertThat(a).as(actual.getFileName() + " " + name).hasSameSizeAs(b);
                for (int i = 0; i < b.length; i++) {
                    assertThat((double) a[i]).isCloseTo(b[i], within(TOLERANCE));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"image,inputs", "audio,inputs", "text,inputs/lines.txt"})
    void aRunEmbedsAsItDid(String modality, String inputs) throws Exception {
        Path run = copy(modality + "/complete");
        Path vectors = folder.resolve("vectors.csv");
        TinyRuns.Outcome outcome =
                TinyRuns.d2v("embed", "run=" + run, "data=" + resource(modality + "/" + inputs), "output=" + vectors);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        List<String> ours = Files.readAllLines(vectors);
        List<String> theirs = Files.readAllLines(resource(modality + "/expected/vectors.csv"));
        assertThat(ours).hasSameSizeAs(theirs);
        for (int line = 1; line < ours.size(); line++) {
            String[] a = ours.get(line).split(",", -1);
            String[] b = theirs.get(line).split(",", -1);
            for (int i = 1; i <= 16; i++) { // the numbers are the last 16 columns: a name may hold commas
                assertThat(Double.parseDouble(a[a.length - i]))
                        .isCloseTo(Double.parseDouble(b[b.length - i]), within(TOLERANCE));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"image/complete", "audio/complete", "text/complete", "image/tuned", "audio/tuned", "text/tuned"})
    void aRunIsReported(String name) throws Exception {
        Path run = copy(name);
        TinyRuns.Outcome outcome = TinyRuns.d2v("report", "run=" + run);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(run.resolve("report.html")).isNotEmptyFile();
    }

    @Test
    void aFineTunedModelClassifiesAsItDid() throws Exception {
        Path run = copy("image/tuned");
        TinyRuns.Outcome outcome = TinyRuns.d2v(
                "classify",
                "--run",
                run.toString(),
                "--top",
                "10",
                resource("image/inputs").toString());
        assertThat(outcome.code()).as(outcome.err()).isZero();
        List<String> ours = outcome.out().lines().toList();
        List<String> theirs = Files.readAllLines(resource("image/expected/classify.tsv"));
        assertThat(ours).hasSameSizeAs(theirs);
        for (int i = 0; i < ours.size(); i++) {
            assertThat(ours.get(i).split("\t", -1)[1]).isEqualTo(theirs.get(i).split("\t", -1)[1]);
        }
    }

    @Test
    void aFineTunedModelTranscribesAsItDid() throws Exception {
        Path run = copy("audio/tuned");
        TinyRuns.Outcome outcome = TinyRuns.d2v(
                "transcribe",
                "--run",
                run.toString(),
                resource("audio/inputs/d-syllables-16k.wav").toString());
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("nay ba sah");
    }
}
