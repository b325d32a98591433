package org.data2vec4j.interop.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.data2vec4j.core.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParityTest {
    private static Path folder() throws URISyntaxException {
        return Path.of(ParityTest.class.getResource("/golden").toURI());
    }

    @Test
    void everyRecordedCaseIsReproduced() throws URISyntaxException {
        for (GoldenCase golden : GoldenCase.in(folder())) {
            GoldenResult result = Parity.run(golden);
            assertThat(result.passed()).as(result.line()).isTrue();
            assertThat(result.groups()).allMatch(group -> group.compared() > 2);
        }
    }

    @Test
    void aWrongNumberIsFoundAndNamed(@TempDir Path temp) throws Exception {
        Path source = folder().resolve("data2vec2-image.safetensors");
        byte[] bytes = Files.readAllBytes(source);
        // The last tensor of the file is a teacher's weight: make its first number wrong.
        bytes[bytes.length - 2] ^= 0x40;
        Files.write(temp.resolve("data2vec2-image.safetensors"), bytes);
        Files.copy(folder().resolve("data2vec2-image.json"), temp.resolve("data2vec2-image.json"));
        GoldenResult result = Parity.run(GoldenCase.in(temp).get(0));
        assertThat(result.passed()).isFalse();
        assertThat(result.line()).startsWith("FAILED  data2vec2-image: ");
    }

    @Test
    void anUnknownKindFailsWithOneLine(@TempDir Path temp) throws Exception {
        Files.copy(folder().resolve("data2vec2-image.safetensors"), temp.resolve("other.safetensors"));
        Files.writeString(temp.resolve("other.json"), "{\"model\": {}, \"modality\": {\"type\": \"SMELL\"}}");
        GoldenResult result = Parity.run(GoldenCase.in(temp).get(0));
        assertThat(result.passed()).isFalse();
        assertThat(result.line())
                .contains("unknown kind of case: a SMELL model")
                .doesNotContain("\n");
    }

    @Test
    void foldersWithoutCasesAreRefused(@TempDir Path temp) throws IOException {
        assertThatThrownBy(() -> GoldenCase.in(temp))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("holds no golden case");
        assertThatThrownBy(() -> GoldenCase.in(temp.resolve("absent"))).hasMessageContaining("is not a folder");
        Files.writeString(temp.resolve("a.json"), "{");
        Files.copy(Path.of(temp.resolve("a.json").toString()), temp.resolve("a.safetensors"));
        assertThatThrownBy(() -> GoldenCase.in(temp)).isInstanceOf(UserException.class);
    }
}
