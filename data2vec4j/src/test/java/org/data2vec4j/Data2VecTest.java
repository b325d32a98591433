package org.data2vec4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.data2vec4j.core.UserException;
import org.data2vec4j.run.PretrainRun;
import org.data2vec4j.tensor.Native;
import org.data2vec4j.train.run.PretrainConfig;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user of the library meets first, on models that were trained for an update. */
class Data2VecTest {
    private static final int RATE = 16_000;

    @TempDir
    static Path folder;

    private static Path images;
    private static Path audio;
    private static Path texts;

    @BeforeAll
    static void trainModels() {
        images = trained(
                "image-tiny", "data=synthetic:40", "image.size=16", "model.prenet=1", "data2vec2.targets.layers=2");
        audio = trained(
                "audio-tiny",
                "data=synthetic-units:30",
                "audio.min_seconds=0.1",
                "audio.min_crop_seconds=0.2",
                "audio.max_seconds=0.5",
                "audio.batch_seconds=3",
                "model.positions.layers=1",
                "model.positions.groups=2",
                "data2vec2.targets.layers=2");
        texts = trained(
                "text-tiny",
                "data=synthetic:60",
                "text.vocabulary=300",
                "text.length=16",
                "data2vec2.targets.layers=2");
    }

    private static Path trained(String recipe, String... more) {
        Path run = folder.resolve(recipe);
        List<String> words = new ArrayList<>(List.of(
                "run=" + run,
                "precision=fp32",
                "device=cpu",
                "model.depth=2",
                "model.block.width=16",
                "model.block.heads=2",
                "data2vec2.clones=2",
                "data2vec2.decoder.width=16",
                "data2vec2.decoder.layers=1",
                "data2vec2.decoder.groups=2",
                "train.updates=1",
                "train.batch=4",
                "train.threads=1"));
        words.addAll(List.of(more));
        PretrainConfig config = Recipe.load(recipe, words).bind(PretrainConfig.class);
        new PretrainRun(config, new PrintWriter(Writer.nullWriter())).train();
        return run;
    }

    private static BufferedImage image(int seed) {
        BufferedImage image = new BufferedImage(24, 20, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 480; i++) {
            image.setRGB(i % 24, i / 24, (i * 7919 * (seed + 1)) & 0xFFFFFF);
        }
        return image;
    }

    private static byte[] png(int seed) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image(seed), "png", out);
        return out.toByteArray();
    }

    private static float[] sine(int rate, double seconds) {
        float[] signal = new float[(int) (rate * seconds)];
        for (int i = 0; i < signal.length; i++) {
            signal[i] = (float) (0.3 * Math.sin(2 * Math.PI * 440 * i / rate));
        }
        return signal;
    }

    private static byte[] wav(int rate, double seconds) throws Exception {
        float[] signal = sine(rate, seconds);
        byte[] pcm = new byte[2 * signal.length];
        for (int i = 0; i < signal.length; i++) {
            int value = Math.round(signal[i] * 32768);
            pcm[2 * i] = (byte) value;
            pcm[2 * i + 1] = (byte) (value >> 8);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AudioFormat format = new AudioFormat(rate, 16, 1, true, false);
        AudioSystem.write(
                new AudioInputStream(new ByteArrayInputStream(pcm), format, signal.length),
                AudioFileFormat.Type.WAVE,
                out);
        return out.toByteArray();
    }

    private static Path file(String name, byte[] bytes) throws Exception {
        return Files.write(folder.resolve(name), bytes);
    }

    private static void near(float[] actual, float[] expected, double most) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).isFinite().isCloseTo(expected[i], within((float) most));
        }
    }

    @Test
    void anImageHasOneVectorInWhateverFormItComes() throws Exception {
        Path file = file("a.png", png(0));
        try (Data2Vec model = Data2Vec.load(images)) {
            float[] vector = model.embed(file);
            assertThat(vector).hasSize(model.width()).hasSize(16);
            near(model.embed(Files.readAllBytes(file)), vector, 1e-6);
            near(model.embed(new ByteArrayInputStream(Files.readAllBytes(file))), vector, 1e-6);
            near(model.embed(image(0)), vector, 1e-6);
            List<Path> many = new ArrayList<>();
            for (int i = 0; i < 6; i++) { // more than are computed at once
                many.add(file("many-" + i + ".png", png(i)));
            }
            float[][] vectors = model.embedAll(many);
            assertThat(vectors).hasDimensions(6, 16);
            for (int i = 0; i < 6; i++) {
                near(vectors[i], model.embed(many.get(i)), 1e-5);
            }
            near(model.embedImages(List.of(image(3)))[0], vectors[3], 1e-5);
            assertThat(model.embedAll(List.of())).isEmpty();
        }
    }

    @Test
    void aRecordingHasOneVectorInWhateverFormItComes() throws Exception {
        Path file = file("a.wav", wav(RATE, 0.3));
        try (Data2Vec model = Data2Vec.load(audio)) {
            float[] vector = model.embed(file);
            assertThat(vector).hasSize(16);
            near(model.embed(Files.readAllBytes(file)), vector, 1e-6);
            near(model.embed(new ByteArrayInputStream(Files.readAllBytes(file))), vector, 1e-6);
            near(model.embed(sine(RATE, 0.3)), vector, 1e-3); // a file has 16 bits
            near(model.embed(sine(RATE, 0.3), RATE), vector, 1e-3);
            near(model.embed(sine(8_000, 0.3), 8_000), model.embed(wav(8_000, 0.3)), 1e-3);
            Path longer = file("b.wav", wav(RATE, 0.7));
            float[][] both = model.embedAll(List.of(file, longer)); // padding changes nothing
            near(both[0], vector, 1e-5);
            near(both[1], model.embed(longer), 1e-5);
        }
    }

    @Test
    void aTextHasOneVectorInWhateverFormItComes() throws Exception {
        try (Data2Vec model = Data2Vec.load(texts)) {
            float[] vector = model.embed("a ship on the sea");
            assertThat(vector).hasSize(16);
            byte[] bytes = "a ship on the sea".getBytes(StandardCharsets.UTF_8);
            near(model.embed(bytes), vector, 1e-6);
            near(model.embed(file("a.txt", bytes)), vector, 1e-6);
            float[][] many = model.embedTexts(List.of("one", "a ship on the sea", "two", "three", "four", "five"));
            assertThat(many).hasDimensions(6, 16);
            near(many[1], vector, 1e-5);
        }
    }

    @Test
    void whatCannotBeUsedIsAUserExceptionThatSaysWhy() throws Exception {
        try (Data2Vec model = Data2Vec.load(images)) {
            Path absent = folder.resolve("nosuch.jpg");
            assertThatThrownBy(() -> model.embed(absent))
                    .isInstanceOf(UserException.class)
                    .hasMessage(absent + " does not exist");
            assertThatThrownBy(() -> model.embed(folder))
                    .isInstanceOf(UserException.class)
                    .hasMessageStartingWith(folder + " is a folder");
            Path damaged = file("damaged.png", new byte[] {1, 2, 3});
            assertThatThrownBy(() -> model.embed(damaged))
                    .isInstanceOf(UserException.class)
                    .hasMessageStartingWith(damaged + ": not an image of a known format");
            assertThatThrownBy(() -> model.embed("cat.jpg"))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("it has no vectors of texts; a file is given as a Path");
            assertThatThrownBy(() -> model.embed(sine(RATE, 1)))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("trained on images; it has no vectors of arrays of samples");
            VectorBatch batch = model.batch();
            batch.add(image(1));
            assertThatThrownBy(() -> batch.add(new byte[] {1, 2, 3})).isInstanceOf(UserException.class);
            assertThat(batch.vectors()).hasDimensions(1, 16); // the others stay as they were
        }
        try (Data2Vec model = Data2Vec.load(audio)) {
            assertThatThrownBy(() -> model.embed(image(0)))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("it has no vectors of images in memory");
            assertThatThrownBy(() -> model.embed(new float[20]))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("has 20 samples at 16 kHz");
        }
    }

    @Test
    void optionsChooseWeightsLayerPoolingAndLength() throws Exception {
        float[] preferred = vector(Options.DEFAULT);
        near(vector(Options.weights(WeightsChoice.STUDENT)), preferred, 1e-6);
        assertThat(vector(Options.weights(WeightsChoice.TEACHER))).isNotEqualTo(preferred);
        assertThat(vector(Options.DEFAULT.withLayer(0))).isNotEqualTo(preferred);
        assertThat(vector(Options.DEFAULT.withPooling(Options.VectorPooling.CLS)))
                .isNotEqualTo(preferred);
        float[] unit = vector(Options.DEFAULT.withNormalized(true));
        double squares = 0;
        for (float value : unit) {
            squares += value * value;
        }
        assertThat(squares).isCloseTo(1, within(1e-5));
        assertThatThrownBy(() -> Data2Vec.load(images, Options.weights(WeightsChoice.one("parent"))))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("parent");
        assertThatThrownBy(() -> Data2Vec.load(images, Options.DEFAULT.withLayer(99)))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("allowed: -1 for the final features, or 0 to");
        assertThatThrownBy(() -> Data2Vec.load(audio, Options.DEFAULT.withPooling(Options.VectorPooling.CLS)))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("no extra token");
    }

    private static float[] vector(Options options) throws Exception {
        try (Data2Vec model = Data2Vec.load(images, options)) {
            return model.embed(png(0));
        }
    }

    @Test
    void loadingLeavesTheThreadsOfTheProcessUnlessItIsTold() {
        int before = Native.threads();
        Native.threads(1);
        try {
            Data2Vec.load(images).close();
            assertThat(Native.threads()).isEqualTo(1);
            Data2Vec.load(images, Options.threads(2)).close();
            assertThat(Native.threads())
                    .isEqualTo(Math.min(2, Runtime.getRuntime().availableProcessors()));
        } finally {
            Native.threads(before);
        }
    }

    @Test
    void hiddenStatesAreOfEveryLayerAndOfValidPositionsOnly() throws Exception {
        try (Data2Vec model = Data2Vec.load(images)) {
            HiddenStates states = model.hidden(image(0));
            assertThat(states.positions()).isEqualTo(states.rows() * states.columns());
            assertThat(states.layers()).hasNumberOfRows(model.info().layers() + 1);
            float[] mean = new float[16];
            for (float[] position : states.last()) {
                for (int i = 0; i < 16; i++) {
                    mean[i] += position[i] / states.positions();
                }
            }
            near(mean, model.embed(image(0)), 1e-5);
        }
        Path shorter = file("short.wav", wav(RATE, 0.3));
        Path longer = file("long.wav", wav(RATE, 0.7));
        try (Data2Vec model = Data2Vec.load(audio)) {
            List<HiddenStates> both = model.hiddenAll(List.of(shorter, longer));
            HiddenStates alone = model.hidden(shorter);
            assertThat(both.get(0).positions()).isEqualTo(alone.positions());
            assertThat(both.get(1).positions()).isGreaterThan(alone.positions());
            for (int i = 0; i < alone.positions(); i++) {
                near(both.get(0).last()[i], alone.last()[i], 1e-4);
            }
        }
        try (Data2Vec model = Data2Vec.load(texts)) {
            assertThat(model.hidden("a ship").rows()).isEqualTo(1);
        }
    }

    @Test
    void theModelSaysWhatItIs() {
        try (Data2Vec model = Data2Vec.load(images)) {
            ModelInfo info = model.info();
            assertThat(info.modality()).isEqualTo("image");
            assertThat(info.samples()).isEqualTo("images");
            assertThat(info.inputSize()).isEqualTo("16x16 pixels");
            assertThat(info.width()).isEqualTo(16);
            assertThat(info.layers()).isEqualTo(3);
            assertThat(info.update()).isEqualTo(1);
            assertThat(info.weights()).isEqualTo("student");
            assertThat(info.sampleRate()).isZero();
            assertThat(info.origin()).contains("student of", "at update 1");
        }
        try (Data2Vec model = Data2Vec.load(audio)) {
            assertThat(model.info().sampleRate()).isEqualTo(RATE);
            assertThat(model.info().modality()).isEqualTo("audio");
        }
        try (Data2Vec model = Data2Vec.load(texts)) {
            assertThat(model.info().inputSize()).isEqualTo("up to 16 tokens");
        }
    }

    @Test
    void aModelIsUsedByManyThreads() throws Exception {
        byte[] file = png(0);
        try (Data2Vec model = Data2Vec.load(images)) {
            float[] expected = model.embed(file);
            List<float[]> vectors = IntStream.range(0, 16)
                    .parallel()
                    .mapToObj(i -> model.embed(file))
                    .toList();
            vectors.forEach(vector -> near(vector, expected, 1e-6));
        }
    }
}
