package org.data2vec4j.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.data2vec4j.core.Rng;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that adds to an index is killed at random moments; {@code -Dkills=20} makes more of them. */
class KilledIndexTest {
    @TempDir
    Path folder;

    @Test
    void everythingCommittedIsThereAfterAKill() throws Exception {
        Path path = folder.resolve("index");
        Rng rng = Rng.named(1, "moments of killing");
        int least = 0;
        for (int kill = 0; kill < Integer.getInteger("kills", 4); kill++) {
            Path said = folder.resolve("said" + kill);
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            AddingProcess.class.getName(),
                            path.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            while (process.isAlive() && !Files.readString(said).contains("committed")) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            TimeUnit.MILLISECONDS.sleep(rng.nextInt(150));
            process.destroyForcibly().waitFor();
            List<String> lines = Files.readAllLines(said);
            String last = lines.stream()
                    .filter(line -> line.matches("committed \\d+"))
                    .reduce((a, b) -> b)
                    .orElseThrow(() -> new AssertionError(lines));
            least = Integer.parseInt(last.replace("committed ", ""));
            check(path, least);
        }
        assertThat(least).isPositive();
    }

    private static void check(Path path, int committed) {
        try (VectorIndex index = VectorIndex.open(path)) {
            assertThat(index.size()).isGreaterThan(committed);
            for (int number = 0; number < index.size(); number++) {
                IndexedSample sample = index.named("folder/" + number + ".png");
                assertThat(sample).as("sample " + number).isNotNull();
                assertThat(index.vector(sample)).containsExactly(TestVectors.vector(number));
                assertThat(index.picture(sample)).containsExactly((byte) number, (byte) 1, (byte) 2);
            }
        }
    }
}
