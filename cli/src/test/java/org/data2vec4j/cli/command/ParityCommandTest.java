package org.data2vec4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.data2vec4j.cli.D2v;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParityCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(Path folder) {
        return D2v.run(
                new String[] {"parity", folder.toString()}, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    private static Path golden() throws URISyntaxException {
        return Path.of(ParityCommandTest.class.getResource("/golden").toURI());
    }

    @Test
    void aReproducedCase() throws URISyntaxException {
        assertThat(run(golden())).isZero();
        assertThat(out.toString().lines()).hasSize(2);
        assertThat(out.toString())
                .startsWith("ok      data2vec2-image: outputs ")
                .contains(", gradients ")
                .endsWith("1 of 1 case passed\n");
    }

    @Test
    void anUnknownKindIsAFailure(@TempDir Path temp) throws Exception {
        for (String name : new String[] {"data2vec2-image.json", "data2vec2-image.safetensors"}) {
            Files.copy(golden().resolve(name), temp.resolve(name));
        }
        Files.copy(golden().resolve("data2vec2-image.safetensors"), temp.resolve("other.safetensors"));
        Files.writeString(temp.resolve("other.json"), "{\"model\": {}, \"modality\": {\"type\": \"SMELL\"}}");
        assertThat(run(temp)).isEqualTo(1);
        assertThat(out.toString()).contains("ok      data2vec2-image", "FAILED  other: unknown kind of case");
        assertThat(out.toString()).endsWith("1 of 2 cases passed\n");
    }

    @Test
    void aFolderWithoutCases(@TempDir Path temp) {
        assertThat(run(temp)).isEqualTo(1);
        assertThat(err.toString()).contains("holds no golden case").hasLineCount(1);
        assertThat(out.toString()).isEmpty();
    }
}
