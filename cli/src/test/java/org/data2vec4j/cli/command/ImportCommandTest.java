package org.data2vec4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.data2vec4j.WeightsChoice;
import org.data2vec4j.cli.D2v;
import org.data2vec4j.run.LoadedPretraining;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int d2v(Object... words) {
        String[] texts = new String[words.length];
        for (int i = 0; i < words.length; i++) {
            texts[i] = words[i].toString();
        }
        return D2v.run(texts, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(
                ImportCommandTest.class.getResource("/checkpoint/" + name).toURI());
    }

    @ParameterizedTest
    @ValueSource(strings = {"image", "audio", "text"})
    void aCheckpointBecomesARunWithTheRecordedFeatures(String modality) throws Exception {
        String name = "checkpoint-data2vec2-" + modality;
        Path run = folder.resolve("run");
        int code = d2v(
                "import",
                resource(name + ".pt"),
                "--output",
                run,
                "--expect",
                resource(name + ".expected.safetensors"));
        assertThat(code).as(out + "" + err).isZero();
        assertThat(out.toString())
                .contains(
                        "0 missing, 0 unexpected, 0 misshapen", "ok      layer2", "the features are the recorded ones");
        try (LoadedPretraining trained = LoadedPretraining.open(run)) {
            assertThat(trained.encoders(WeightsChoice.ALL).keySet()).containsExactly("student", "teacher");
        }
        assertThat(d2v("import", resource(name + ".pt"), "--output", run)).isEqualTo(1);
        assertThat(err.toString()).contains("is a run directory already");
    }

    @Test
    void otherFeaturesAreADifference() throws Exception {
        int code = d2v(
                "import",
                resource("checkpoint-data2vec2-audio.pt"),
                "--output",
                folder.resolve("run"),
                "--expect",
                changed(resource("checkpoint-data2vec2-audio.expected.safetensors")));
        assertThat(code).as(out.toString()).isEqualTo(1);
        assertThat(out.toString()).contains("DIFFER");
    }

    private Path changed(Path recorded) throws Exception {
        byte[] bytes = Files.readAllBytes(recorded);
        bytes[bytes.length - 16_001] ^= 0x40; // a sample in the middle of the input
        return Files.write(folder.resolve("changed.safetensors"), bytes);
    }

    /** Settings and weights that are not of one model; seen before memory is taken for what the settings describe. */
    @ParameterizedTest
    @ValueSource(strings = {"image", "audio", "text"})
    void settingsOfAnotherModelAreRefused(String modality) throws Exception {
        byte[] bytes = Files.readAllBytes(resource("checkpoint-data2vec2-" + modality + ".pt"));
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        Matcher width = Pattern.compile("embed_dim(?:q.|r....|\\x94)?K(.)", Pattern.DOTALL)
                .matcher(text);
        int changed = 0;
        while (width.find()) {
            bytes[width.start(1)] = (byte) (2 * bytes[width.start(1)]);
            changed++;
        }
        assertThat(changed).isPositive();
        Path file = Files.write(folder.resolve("other.pt"), bytes);
        assertThat(d2v("import", file, "--output", folder.resolve("run"))).isEqualTo(1);
        assertThat(err.toString())
                .contains("does not hold the encoder that its settings describe: encoder.")
                .hasLineCount(1);
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void whatIsNoCheckpointLeavesNothingBehind() throws Exception {
        Path text = Files.writeString(folder.resolve("a.pt"), "hello");
        assertThat(d2v("import", text, "--output", folder.resolve("run"))).isEqualTo(1);
        assertThat(err.toString()).contains("a.pt: neither of PyTorch's forms").hasLineCount(1);
        assertThat(folder.resolve("run")).doesNotExist();
    }
}
