package org.data2vec4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.data2vec4j.cli.D2v;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import toy.ToyPlugin;

/** The command trains a modality and a method that another jar registers. */
class ToyPretrainTest {
    @TempDir
    Path folder;

    @Test
    void aRegisteredModalityAndMethodAreTrained() throws Exception {
        Path run = folder.resolve("run");
        Path recipe = Files.writeString(folder.resolve("toy.yaml"), ToyPlugin.recipe(run.toString()));
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said, true);
        ToyPlugin.with(() -> assertThat(D2v.run(new String[] {"pretrain", "recipe=" + recipe}, out, out))
                .as(said.toString())
                .isZero());
        assertThat(said.toString()).contains("64 waves", "wrote " + run);
        assertThat(run.resolve("checkpoints/step-000010")).isDirectory();
    }
}
