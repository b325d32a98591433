package org.data2vec4j.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.data2vec4j.Recipe;
import org.data2vec4j.audio.data.AudioOptions;
import org.data2vec4j.audio.data.AudioSource;
import org.data2vec4j.audio.data.AudioSources;
import org.data2vec4j.core.UserException;
import org.data2vec4j.image.data.ImageSource;
import org.data2vec4j.image.data.ImageSources;
import org.data2vec4j.image.data.SourceOptions;
import org.data2vec4j.tensor.safetensors.SafeTensorsFile;
import org.data2vec4j.train.checkpoint.Checkpoints;
import org.data2vec4j.train.record.MetricsFile;
import org.data2vec4j.train.run.PretrainConfig;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files of every kind that is read here, changed by a seed: each is read or refused by a line for its user, and nothing else happens.
 * More of them: {@code -Dfaults.mutants=1000 -Dfaults.seed=7}.
 */
class MutatedFilesTest {
    private static final int MUTANTS = Integer.getInteger("faults.mutants", 25);
    private static final long SEED = Long.getLong("faults.seed", 1);

    @TempDir
    private static Path folder;

    private static Path run;

    /** Reads a file, whose problem is a {@link UserException} or an {@link IOException}. */
    private interface Reader {
        void read(Path file) throws IOException;
    }

    @BeforeAll
    static void train() {
        run = folder.resolve("run");
        assertThat(TinyRuns.pretrain(run, "train.updates=2").code()).isZero();
    }

    private static byte[] picture(String format) throws IOException {
        BufferedImage image = new BufferedImage(24, 16, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 24 * 16; i++) {
            image.setRGB(i % 24, i / 24, 0x010307 * i);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, bytes)).isTrue();
        return bytes.toByteArray();
    }

    private static byte[] wav() {
        int samples = 4000;
        ByteBuffer bytes = ByteBuffer.allocate(44 + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples);
        bytes.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(16)
                .putShort((short) 1)
                .putShort((short) 1);
        bytes.putInt(16_000).putInt(32_000).putShort((short) 2).putShort((short) 16);
        bytes.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples);
        for (int i = 0; i < samples; i++) {
            bytes.putShort((short) (8000 * Math.sin(i * 0.1)));
        }
        return bytes.array();
    }

    private static void image(Path file) throws IOException {
        try (ImageSource source = ImageSources.open(file.toString(), SourceOptions.DEFAULT)) {
            source.read(0);
        }
    }

    private static void recording(Path file) throws IOException {
        try (AudioSource source = AudioSources.open(file.toString(), AudioOptions.DEFAULT)) {
            source.duration(0);
            source.read(0);
        }
    }

    private static void tensors(Path file) {
        try (SafeTensorsFile tensors = SafeTensorsFile.open(file)) {
            tensors.names().forEach(tensors::entry);
        }
    }

    private static void state(Path file) throws IOException {
        Path checkpoint = Files.createDirectories(file.resolveSibling("checkpoint"));
        Files.write(checkpoint.resolve("state.json"), Files.readAllBytes(file));
        Checkpoints.open(checkpoint);
    }

    @SuppressWarnings("ArrayRecordComponent") // the bytes of a test file; never compared
    private record Format(byte[] whole, Reader reader) {}

    private static Map<String, Format> formats() throws IOException {
        Map<String, Format> formats = new LinkedHashMap<>();
        for (String name : List.of("png", "bmp", "gif", "jpg")) {
            formats.put("a." + name, new Format(picture(name), MutatedFilesTest::image));
        }
        formats.put("a.wav", new Format(wav(), MutatedFilesTest::recording));
        Path checkpoint = run.resolve("checkpoints/step-000002");
        formats.put(
                "a.safetensors",
                new Format(Files.readAllBytes(checkpoint.resolve("student.safetensors")), MutatedFilesTest::tensors));
        formats.put(
                "state.json",
                new Format(Files.readAllBytes(checkpoint.resolve("state.json")), MutatedFilesTest::state));
        formats.put(
                "config.yaml",
                new Format(
                        Files.readAllBytes(run.resolve("config.yaml")),
                        file -> Recipe.load(file.toString(), List.of()).bind(PretrainConfig.class)));
        formats.put("metrics.jsonl", new Format(Files.readAllBytes(run.resolve("metrics.jsonl")), MetricsFile::read));
        return formats;
    }

    /** One to four changes: bits, bytes, blocks, a cut, or zeros to the end. */
    private static byte[] mutant(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        int region = random.nextBoolean() ? Math.min(bytes.length, 200) : bytes.length; // headers more often
        for (int change = random.nextInt(4); change >= 0; change--) {
            int at = random.nextInt(Math.min(region, bytes.length));
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> Arrays.fill(bytes, at, bytes.length, (byte) 0);
                case 3 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                case 4 -> {
                    int length = Math.min(bytes.length - at, 1 + random.nextInt(64));
                    System.arraycopy(bytes, random.nextInt(bytes.length - length + 1), bytes, at, length);
                }
                default -> {
                    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(64));
                    System.arraycopy(bytes, at, longer, at + longer.length - bytes.length, bytes.length - at);
                    bytes = longer;
                }
            }
        }
        return bytes;
    }

    @Test
    void everyChangedFileIsReadOrRefusedByALine() throws IOException {
        StringBuilder table = new StringBuilder("| format | mutants | read | refused | lost |\n");
        StringBuilder lost = new StringBuilder();
        for (Map.Entry<String, Format> entry : formats().entrySet()) {
            Random random = new Random(SEED + entry.getKey().hashCode());
            int read = 0;
            int refused = 0;
            for (int i = 0; i < MUTANTS; i++) {
                Path file = Files.createDirectories(folder.resolve("mutants")).resolve(entry.getKey());
                Files.write(file, mutant(entry.getValue().whole(), random));
                try {
                    entry.getValue().reader().read(file);
                    read++;
                } catch (UserException | IOException e) {
                    refused++;
                    if (String.valueOf(e.getMessage()).isBlank()) {
                        lost.append(entry.getKey()).append(": no message\n");
                    }
                } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                    lost.append(entry.getKey()).append(": ").append(e).append('\n');
                }
            }
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %d | %d | %d | %d |%n",
                    entry.getKey(),
                    MUTANTS,
                    read,
                    refused,
                    MUTANTS - read - refused));
            delete(folder.resolve("mutants"));
        }
        if (MUTANTS > 25) {
            System.out.print(table);
        }
        assertThat(lost).as(table.toString()).isEmpty();
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
