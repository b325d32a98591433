package org.data2vec4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.data2vec4j.Data2Vec;
import org.data2vec4j.Options;
import org.data2vec4j.WeightsChoice;
import org.data2vec4j.audio.data.AudioOptions;
import org.data2vec4j.audio.data.AudioSource;
import org.data2vec4j.audio.data.AudioSources;
import org.data2vec4j.cli.D2v;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.tar.TarBytes;
import org.data2vec4j.image.data.ImageSource;
import org.data2vec4j.image.data.ImageSources;
import org.data2vec4j.image.data.RgbImage;
import org.data2vec4j.image.data.SourceOptions;
import org.data2vec4j.tensor.SafeTensors;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.safetensors.SafeTensorsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbedCommandTest {
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

    private void works(Object... words) {
        assertThat(d2v(words)).as(out + "" + err).isZero();
    }

    private Path imported(String name) throws Exception {
        Path model = Path.of(
                EmbedCommandTest.class.getResource("/huggingface/" + name).toURI());
        works("import", model, "--output", folder.resolve("run"));
        return folder.resolve("run");
    }

    private static BufferedImage buffered(RgbImage image) {
        BufferedImage buffered = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < image.width() * image.height(); i++) {
            int rgb = (image.rgb()[3 * i] & 0xFF) << 16
                    | (image.rgb()[3 * i + 1] & 0xFF) << 8
                    | (image.rgb()[3 * i + 2] & 0xFF);
            buffered.setRGB(i % image.width(), i / image.width(), rgb);
        }
        return buffered;
    }

    private static float[][] npy(Path file) throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        byte[] header = new byte[128];
        bytes.get(header);
        String text = new String(header, StandardCharsets.ISO_8859_1);
        assertThat(text)
                .startsWith("\u0093NUMPY\1\0v\0{'descr': '<f4', 'fortran_order': False, 'shape': (")
                .endsWith(" \n");
        String[] shape = text.replaceFirst("(?s).*\\((.*)\\).*", "$1").split(", ", -1);
        float[][] rows = new float[Integer.parseInt(shape[0])][Integer.parseInt(shape[1])];
        for (float[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = bytes.getFloat();
            }
        }
        assertThat(bytes.hasRemaining()).isFalse();
        return rows;
    }

    private static void close(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(1e-4f));
        }
    }

    @Test
    void picturesHaveTheVectorsThatJavaGetsOneByOne() throws Exception {
        Path run = imported("vision");
        Path file = folder.resolve("a.npy");
        works("embed", "run=" + run, "data=synthetic:6", "output=" + file);
        assertThat(out.toString()).contains("6 vectors of 32 numbers");
        float[][] rows = npy(file);
        assertThat(rows).hasDimensions(6, 32);
        List<String> names = Files.readAllLines(folder.resolve("a.names.txt"));
        Path table = folder.resolve("a.csv");
        works("embed", "run=" + run, "data=synthetic:6", "output=" + table);
        List<String> lines = Files.readAllLines(table);
        assertThat(lines).hasSize(7);
        assertThat(lines.get(0)).startsWith("name,f0,f1,").endsWith(",f31");
        try (Data2Vec model = Data2Vec.load(run, Options.weights(WeightsChoice.STUDENT));
                ImageSource source = ImageSources.open("synthetic:6", SourceOptions.DEFAULT.withSynthetic(32, 0))) {
            assertThat(model.width()).isEqualTo(32);
            for (int i = 0; i < 6; i++) {
                assertThat(names.get(i)).isEqualTo(source.name(i));
                close(rows[i], model.embed(buffered(source.read(i))));
                assertThat(lines.get(i + 1)).startsWith(source.name(i) + ",").contains("," + rows[i][5] + ",");
            }
            assertThatThrownBy(() -> model.embed("hello"))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("was trained on images; it has no vectors of texts");
        }
        Path objects = folder.resolve("a.jsonl");
        works("embed", "run=" + run, "data=synthetic:6", "output=" + objects);
        List<String> json = Files.readAllLines(objects);
        assertThat(json).hasSize(6);
        var third = tools.jackson.databind.json.JsonMapper.shared().readTree(json.get(2));
        assertThat(third.get("name").asString()).isEqualTo(names.get(2));
        assertThat(third.get("vector").get(7).floatValue()).isEqualTo(rows[2][7]);
        Path tensors = folder.resolve("b.safetensors");
        works("embed", "run=" + run, "data=synthetic:6", "output=" + tensors);
        assertThat(folder.resolve("b.names.txt")).hasSameTextualContentAs(folder.resolve("a.names.txt"));
        try (Scope scope = Scope.open();
                var read = SafeTensorsFile.open(tensors)) {
            var vectors = SafeTensors.read(read, "vectors");
            assertThat(vectors.shape()).containsExactly(6, 32);
            assertThat(vectors.select(0, 4).toFloats()).containsExactly(rows[4]);
        }
        try (var files = Files.list(folder)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .noneMatch(name -> name.endsWith(".tmp") || name.endsWith(".part"));
        }
    }

    /** A recording has the vector that it has alone, though the weights come from where padding changes results. */
    @Test
    void recordingsHaveTheVectorsThatJavaGetsOneByOneFromManyThreads() throws Exception {
        Path run = imported("audio");
        Path file = folder.resolve("a.npy");
        works("embed", "run=" + run, "data=synthetic:4", "output=" + file);
        float[][] rows = npy(file);
        List<String> names = Files.readAllLines(folder.resolve("a.names.txt"));
        try (Data2Vec model = Data2Vec.load(run);
                AudioSource source = AudioSources.open("synthetic:4", AudioOptions.DEFAULT.withSyntheticSeed(0))) {
            List<String> order = IntStream.range(0, 4).mapToObj(source::name).toList();
            assertThat(names).containsExactlyInAnyOrderElementsOf(order);
            List<float[]> clips = new ArrayList<>();
            for (String name : names) {
                clips.add(source.read(order.indexOf(name)).samples());
            }
            List<float[]> vectors = IntStream.range(0, 12)
                    .parallel()
                    .mapToObj(i -> model.embed(clips.get(i % 4)))
                    .toList();
            for (int i = 0; i < 12; i++) {
                close(rows[i % 4], vectors.get(i));
            }
            assertThatThrownBy(() -> model.embed(new float[20]))
                    .hasMessageContaining("has 20 samples at 16 kHz, and those of less than 400");
        }
    }

    @Test
    void linesOfTextHaveTheVectorsThatJavaGetsOneByOne() throws Exception {
        Path run = folder.resolve("run");
        works(
                "pretrain",
                "recipe=text-v1-tiny",
                "run=" + run,
                "data=synthetic:64",
                "train.updates=1",
                "train.batch=2",
                "text.vocabulary=300",
                "text.length=16",
                "model.depth=1",
                "model.block.width=16",
                "data2vec1.targets.layers=1",
                "device=cpu");
        Path data =
                Files.writeString(folder.resolve("texts.txt"), "one\n\na second line\n" + "long ".repeat(50) + "\n");
        Path file = folder.resolve("a.npy");
        works("embed", "run=" + run, "data=" + data, "output=" + file, "weights=teacher");
        float[][] rows = npy(file);
        assertThat(Files.readAllLines(folder.resolve("a.names.txt"))).containsExactly("line 1", "line 3", "line 4");
        try (Data2Vec model = Data2Vec.load(run, Options.weights(WeightsChoice.TEACHER))) {
            close(rows[0], model.embed("one"));
            close(rows[1], model.embed("a second line"));
            close(rows[2], model.embed("long ".repeat(50)));
            assertThat(model.embedTexts(List.of())).isEmpty();
        }
        fails("was not made from the vectors of " + data + " by the student", "data=" + data, "output=" + file);
        fails("has nothing to embed", "data=" + Files.writeString(data, "\n \n"), "output=" + file, "--force");
        sameTextsFromOtherFiles(run, rows);
        fails("does not exist", "data=" + folder.resolve("gone.txt"), "output=" + file, "--force");
        fails("gone does not exist", "data=" + data, "output=" + folder.resolve("gone/a.npy"));
        fails(
                "allowed: a file that ends in .npy, .safetensors, .parquet, .csv or .jsonl",
                "data=" + data,
                "output=" + folder.resolve("a.xlsx"));
        fails("allowed: student, teacher, both", "data=" + data, "output=" + file, "weights=mean");
        fails("is not known here", "data=" + data, "output=" + file, "layer=3");
        assertThat(npy(file)).hasDimensions(3, 16); // the file of the first pass is still whole
    }

    private void sameTextsFromOtherFiles(Path run, float[][] rows) throws Exception {
        byte[] lines = "\uFEFFone\n?\na second line\n".getBytes(StandardCharsets.UTF_8);
        lines[7] = (byte) 0xE9; // the question mark
        String json = "{\"text\": \"one\"}\n{\"no\": 1}\n{\"text\": \"a second line\"}\n";
        byte[] tar = new TarBytes()
                .text("1.txt", "one")
                .text("1.cls", "3")
                .text("2.json", "{\"text\": \"a second line\"}")
                .finish();
        Map<Path, List<String>> files = Map.of(
                Files.write(folder.resolve("latin.txt"), lines), List.of("line 1", "line 3"),
                Files.writeString(folder.resolve("a.jsonl"), json), List.of("line 1", "line 3"),
                Files.writeString(folder.resolve("a.csv"), "id,text\n1,one\n2,\"a second line\"\n"),
                        List.of("line 2", "line 3"),
                Files.writeString(folder.resolve("a.tsv"), "sentence\tid\none\t1\na second line\t2\n"),
                        List.of("line 2", "line 3"),
                Files.write(folder.resolve("a.tar"), tar), List.of("1.txt", "2.json"));
        for (Map.Entry<Path, List<String>> entry : files.entrySet()) {
            Path output = folder.resolve("b.npy");
            works("embed", "run=" + run, "data=" + entry.getKey(), "output=" + output, "weights=teacher", "--force");
            float[][] found = npy(output);
            assertThat(found).as(entry.getKey().toString()).hasDimensions(2, 16);
            close(found[0], rows[0]);
            close(found[1], rows[1]);
            assertThat(Files.readAllLines(folder.resolve("b.names.txt"))).isEqualTo(entry.getValue());
        }
        assertThat(err.toString()).contains("latin.txt:2: the line is not UTF-8");
    }

    private void fails(String message, Object... words) {
        err.getBuffer().setLength(0);
        Object[] all = new Object[words.length + 2];
        all[0] = "embed";
        all[1] = "run=" + folder.resolve("run");
        System.arraycopy(words, 0, all, 2, words.length);
        assertThat(d2v(all)).isEqualTo(1);
        assertThat(err.toString()).contains(message).hasLineCount(1);
    }
}
