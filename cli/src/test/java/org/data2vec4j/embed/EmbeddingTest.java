package org.data2vec4j.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.data2vec4j.Data2Vec;
import org.data2vec4j.audio.AudioModality;
import org.data2vec4j.audio.data.AudioSource;
import org.data2vec4j.cli.D2v;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.OutputClaim;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.image.data.ImageSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingTest {
    @TempDir
    Path folder;

    private final List<String> messages = new ArrayList<>();

    private Data2Vec imported(String name) throws Exception {
        Path model =
                Path.of(EmbeddingTest.class.getResource("/huggingface/" + name).toURI());
        Path run = folder.resolve("run");
        StringWriter out = new StringWriter();
        PrintWriter print = new PrintWriter(out, true);
        assertThat(D2v.run(new String[] {"import", model.toString(), "--output", run.toString()}, print, print))
                .as(out.toString())
                .isZero();
        return Data2Vec.load(run);
    }

    private static float[] sevens(int width) {
        float[] vector = new float[width];
        Arrays.fill(vector, 7);
        return vector;
    }

    private static Path part(Path output) {
        return output.resolveSibling("." + output.getFileName() + ".part");
    }

    /** As after a power cut: some whole vectors, and one of which only a part reached the disk. */
    private byte[] stopped(Data2Vec model, Path output, String data, String fingerprint, String... names)
            throws Exception {
        try (EmbeddingJournal journal = new EmbeddingJournal(
                output, model.origin() + ", " + data + " " + fingerprint, model.width(), Long.MAX_VALUE)) {
            for (int i = 0; i < names.length; i++) {
                journal.add(new long[] {i}, List.of(names[i]), new float[][] {sevens(model.width())});
            }
        }
        Path part = part(output);
        byte[] bytes = Files.readAllBytes(part);
        byte[] cut = Arrays.copyOf(bytes, bytes.length - 5);
        Files.write(part, cut);
        return cut;
    }

    @Test
    void aStoppedEmbeddingOfPicturesGoesOn() throws Exception {
        try (Data2Vec model = imported("vision")) {
            Path whole = folder.resolve("whole.csv");
            assertThat(new Embedding(model, messages::add).write("synthetic:6", whole))
                    .isEqualTo(6);
            assertThat(messages).isEmpty();
            Path output = folder.resolve("a.csv");
            ImageModality image = (ImageModality) model.run().config().modality();
            byte[] stopped;
            try (ImageSource source = image.source("synthetic:6", 0)) {
                stopped = stopped(model, output, "synthetic:6", source.fingerprint(), "é", source.name(1), "cut");
            }
            Embedding embedding = new Embedding(model, messages::add);
            assertThat(embedding.write("synthetic:6", output)).isEqualTo(6);
            assertThat(embedding.known()).isEqualTo(2);
            assertThat(messages).containsExactly("going on after 2 that were computed before");
            List<String> lines = Files.readAllLines(output);
            assertThat(lines).hasSize(7);
            assertThat(lines.get(1)).startsWith("é,7.0,").endsWith(",7.0"); // taken over, not computed again
            assertThat(names(lines))
                    .endsWith(names(Files.readAllLines(whole)).subList(2, 6).toArray(String[]::new));
            Path part = folder.resolve(".a.csv.part");
            assertThat(part).doesNotExist();
            messages.clear();
            Files.write(part, stopped);
            assertThatThrownBy(() -> new Embedding(model, messages::add).write("synthetic:5", output))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("is there already and was not made from the vectors of synthetic:5")
                    .hasMessageContaining("--force");
            assertThat(Files.readAllLines(output)).isEqualTo(lines);
            new Embedding(model, messages::add, OutputClaim.Existing.REPLACE)
                    .write("synthetic:5", output); // other data: nothing is taken over
            assertThat(messages).isEmpty();
            assertThat(Files.readAllLines(output)).hasSize(6).noneMatch(line -> line.endsWith(",7.0"));
        }
    }

    private static List<String> names(List<String> lines) {
        return lines.stream()
                .skip(1)
                .map(line -> line.substring(0, line.indexOf(',')))
                .toList();
    }

    @Test
    void aStoppedEmbeddingOfRecordingsGoesOn() throws Exception {
        try (Data2Vec model = imported("audio")) {
            Path output = folder.resolve("a.jsonl");
            AudioModality audio = ((AudioModality) model.run().config().modality()).uncropped();
            try (AudioSource source = audio.source("synthetic:4", 0)) {
                stopped(model, output, "synthetic:4", source.fingerprint(), "one", "two", "three", "cut");
                assertThat(new Embedding(model, messages::add).write("synthetic:4", output))
                        .isEqualTo(4);
                List<String> lines = Files.readAllLines(output);
                assertThat(lines).hasSize(4);
                assertThat(lines.get(2)).startsWith("{\"name\": \"three\", \"vector\": [7.0, 7.0, ");
                assertThat(lines.get(3)).contains(source.name(3)).doesNotContain("7.0, 7.0");
            }
        }
    }

    @Test
    void outputsThatCannotBeWrittenAreNamed() throws Exception {
        try (Data2Vec model = imported("vision")) {
            Path absent = folder.resolve("absent/a.npy");
            assertThatThrownBy(() -> new Embedding(model, messages::add).write("synthetic:2", absent))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("cannot write " + absent);
        }
    }

    /**
     * Wherever a pass is stopped, and whatever the disk did to the journal's end: the output is that of a pass that was never stopped,
     * to the bit.
     */
    @Test
    void damagedJournalsLoseNothingAndRepeatNothing() throws Exception {
        try (Data2Vec model = imported("vision")) {
            Path whole = folder.resolve("whole.npy");
            new Embedding(model, messages::add).write("synthetic:80", whole);
            byte[] expected = Files.readAllBytes(whole);
            Path output = folder.resolve("a.npy");
            byte[] journal = journalOf(model, "synthetic:80", output);
            Random random = new Random(5);
            for (Damage damage : Damage.values()) {
                for (int round = 0; round < 3; round++) {
                    Files.write(part(output), damage.of(journal, random));
                    Files.deleteIfExists(output);
                    assertThat(new Embedding(model, messages::add).write("synthetic:80", output))
                            .as(damage + " " + round)
                            .isEqualTo(80);
                    assertThat(Files.readAllBytes(output))
                            .as(damage + " " + round)
                            .isEqualTo(expected);
                    assertThat(folder.resolve("a.names.txt"))
                            .hasSameTextualContentAs(folder.resolve("whole.names.txt"));
                }
            }
            assertThat(messages).anyMatch(line -> line.startsWith("going on after "));
        }
    }

    /** The journal as it is just before the output gets its name. */
    private byte[] journalOf(Data2Vec model, String data, Path output) throws Exception {
        Path blocked = Files.createDirectories(output.resolve("in the way")); // a folder is not replaced by a file
        assertThatThrownBy(() -> new Embedding(model, messages::add, OutputClaim.Existing.REPLACE).write(data, output))
                .isInstanceOf(UserException.class);
        Files.delete(blocked);
        Files.delete(output);
        return Files.readAllBytes(part(output));
    }

    /** What may become of a file's end. */
    private enum Damage {
        CUT {
            @Override
            byte[] of(byte[] bytes, Random random) {
                return Arrays.copyOf(bytes, bytes.length / 2 + random.nextInt(bytes.length / 2));
            }
        },
        ZEROS {
            @Override
            byte[] of(byte[] bytes, Random random) {
                byte[] damaged = bytes.clone();
                Arrays.fill(damaged, bytes.length / 2 + random.nextInt(bytes.length / 2), bytes.length, (byte) 0);
                return damaged;
            }
        },
        MORE_ZEROS {
            @Override
            byte[] of(byte[] bytes, Random random) {
                return Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(bytes.length));
            }
        },
        A_BIT {
            @Override
            byte[] of(byte[] bytes, Random random) {
                byte[] damaged = bytes.clone();
                damaged[bytes.length / 4 + random.nextInt(bytes.length / 2)] ^= (byte) (1 << random.nextInt(8));
                return damaged;
            }
        },
        WRITTEN_TWICE {
            @Override
            byte[] of(byte[] bytes, Random random) {
                byte[] damaged = Arrays.copyOf(bytes, bytes.length + bytes.length / 2);
                System.arraycopy(bytes, bytes.length / 2, damaged, bytes.length, bytes.length / 2);
                return damaged;
            }
        };

        abstract byte[] of(byte[] bytes, Random random);
    }

    @Test
    void twoEmbeddingsIntoOneOutputAreRefused() throws Exception {
        try (Data2Vec model = imported("vision")) {
            Path output = folder.resolve("a.npy");
            try (OutputClaim other = OutputClaim.of(output, "something", OutputClaim.Existing.KEEP)) {
                assertThatThrownBy(() -> new Embedding(model, messages::add).write("synthetic:2", output))
                        .isInstanceOf(UserException.class)
                        .hasMessageContaining("another process is writing " + output);
            }
            assertThat(new Embedding(model, messages::add).write("synthetic:2", output))
                    .isEqualTo(2);
        }
    }
}
