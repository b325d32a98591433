package org.data2vec4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A program outside this build uses the library's artifacts: {@code .ci/check-consumer}, its fast part. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class ConsumerTest {
    @TempDir
    Path folder;

    @Test
    void aProgramOutsideTheBuildUsesTheLibrary() throws Exception {
        assumeThat(jars())
                .as(
                        "the library's jar in ../data2vec4j/target, which the phase package makes before this module's tests")
                .isNotEmpty();
        Path out = folder.resolve("out");
        ProcessBuilder script = new ProcessBuilder("bash", "../.ci/check-consumer", "--fast");
        Map<String, String> environment = script.environment();
        environment.remove("MAVEN_ARGS");
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("MAVEN_LOCAL_REPOSITORY", System.getProperty("local.repository"));
        Process process =
                script.redirectErrorStream(true).redirectOutput(out.toFile()).start();
        boolean ended = process.waitFor(8, TimeUnit.MINUTES);
        process.destroy();
        // Compilers and tools may warn in the encoding of the system.
        List<String> lines =
                Files.readString(out, StandardCharsets.ISO_8859_1).lines().toList();
        assertThat(ended).as("ended in time: %s", lines).isTrue();
        assertThat(process.exitValue()).as("exit code: %s", lines).isZero();
        String java = ", Java " + Runtime.version().feature();
        assertThat(lines.stream().filter(line -> line.startsWith("embedded an image")))
                .satisfiesExactly(
                        line -> assertThat(line).endsWith(", on the class path" + java),
                        line -> assertThat(line).endsWith(", in a module" + java),
                        line -> assertThat(line).endsWith(", in a module" + java));
    }

    private static List<Path> jars() throws IOException {
        Path target = Path.of("..", "data2vec4j", "target");
        if (!Files.isDirectory(target)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().matches("data2vec4j-[\\d.]+(-SNAPSHOT)?\\.jar"))
                    .toList();
        }
    }
}
