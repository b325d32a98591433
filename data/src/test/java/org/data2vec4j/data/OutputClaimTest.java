package org.data2vec4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.OutputClaim.Existing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputClaimTest {
    @TempDir
    Path folder;

    private void make(Path output, String origin, Existing existing) throws Exception {
        try (OutputClaim claim = OutputClaim.of(output, origin, existing)) {
            Files.writeString(output, origin);
            claim.complete();
        }
    }

    @Test
    void anOutputOfSomethingElseIsReplacedOnlyOnRequest() throws Exception {
        Path output = folder.resolve("a.npy");
        make(output, "cats", Existing.KEEP);
        make(output, "cats", Existing.KEEP);
        assertThatThrownBy(() -> make(output, "dogs", Existing.KEEP))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("a.npy is there already and was not made from dogs");
        assertThat(output).hasContent("cats");
        make(output, "dogs", Existing.REPLACE);
        assertThat(output).hasContent("dogs");
        assertThatThrownBy(() -> make(output, "cats", Existing.KEEP)).isInstanceOf(UserException.class);
    }

    /** A process that ends before its output is there leaves the one before, which is still known. */
    @Test
    void anOutputBeforeAFailedOneIsStillKnown() throws Exception {
        Path output = folder.resolve("a.npy");
        make(output, "cats", Existing.KEEP);
        OutputClaim.of(output, "dogs", Existing.REPLACE).close();
        make(output, "cats", Existing.KEEP);
        assertThat(output).hasContent("cats");
    }

    @Test
    void anOutputOfUnknownOriginStays() throws Exception {
        Path output = Files.writeString(folder.resolve("mine.csv"), "mine");
        assertThatThrownBy(() -> make(output, "cats", Existing.KEEP)).isInstanceOf(UserException.class);
        assertThat(output).hasContent("mine");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        OutputClaim.of(empty, "cats", Existing.KEEP).close();
    }

    @Test
    void oneAtATimeAndNothingIsLeftOfAnOutputThatNeverCame() throws Exception {
        Path output = folder.resolve("a.npy");
        try (OutputClaim claim = OutputClaim.of(output, "cats", Existing.KEEP)) {
            assertThatThrownBy(() -> OutputClaim.of(output, "cats", Existing.REPLACE))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("another process is writing");
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }
}
