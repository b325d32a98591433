package org.data2vec4j.evaluation.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.data2vec4j.core.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicTextTest {
    @TempDir
    private Path folder;

    @Test
    void theOldFileStandsUntilTheNewOneIsComplete() throws IOException {
        Path file = folder.resolve("deep/er/file.txt");
        AtomicText.write(file, out -> out.write("one é"));
        assertThat(file).hasContent("one é");
        assertThatThrownBy(() -> AtomicText.write(file, out -> {
                    out.write("two");
                    throw new IOException("disk full");
                }))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("disk full");
        assertThatThrownBy(() -> AtomicText.write(file, out -> {
                    out.write("three");
                    throw new IllegalStateException("a bug");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(file).hasContent("one é");
        AtomicText.write(file, out -> out.write("four"));
        assertThat(file).hasContent("four");
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }
}
