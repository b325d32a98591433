package org.data2vec4j.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.data2vec4j.Classifier;
import org.data2vec4j.core.UserException;
import org.data2vec4j.run.TinyRuns.Outcome;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From pictures in class folders to a classifier, by the command line alone, with a model of a few thousand weights. */
class PicturesTest {
    @TempDir
    static Path folder;

    static Path pretrained;
    static Path classifier;

    @BeforeAll
    static void pretrainsAndFineTunes() throws IOException {
        for (String part : List.of("train", "test")) {
            for (int i = 0; i < 12; i++) {
                draw(folder.resolve(part).resolve("blue").resolve(i + ".png"), new Color(10 * i, 10 * i, 255));
                draw(folder.resolve(part).resolve("red").resolve(i + ".png"), new Color(255, 10 * i, 10 * i));
            }
        }
        pretrained = folder.resolve("pretrained");
        assertThat(TinyRuns.pretrain(pretrained, "train.updates=2").code()).isZero();
        classifier = folder.resolve("classifier");
        Outcome tuned = finetune(classifier);
        assertThat(tuned.code()).as(tuned.err()).isZero();
        assertThat(tuned.out()).contains("24 images in 2 classes");
    }

    private static void draw(Path file, Color color) throws IOException {
        Files.createDirectories(file.getParent());
        BufferedImage image = new BufferedImage(20, 24, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(color);
        graphics.fillRect(0, 0, 20, 24);
        graphics.dispose();
        ImageIO.write(image, "png", file.toFile());
    }

    private static Outcome finetune(Path run, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "finetune",
                "recipe=image-tiny-classes",
                "from=" + pretrained,
                "run=" + run,
                "data=" + folder.resolve("train"),
                "test=" + folder.resolve("test"),
                "precision=fp32",
                "device=cpu",
                "images.size=24",
                "images.augmentation.jitter.hue=0",
                "images.augmentation.rand_augment.count=0",
                "images.classifier.average=0.8",
                "optimizer.learning_rate=1e-2",
                "schedule.warmup=2",
                "train.updates=24",
                "train.batch=8",
                "train.threads=1",
                "checkpoint.every_updates=12",
                "checkpoint.keep=2"));
        words.addAll(List.of(more));
        return TinyRuns.d2v(words.toArray(String[]::new));
    }

    @Test
    void learnsWhatColoursTellAndSaysSo() throws IOException {
        assertThat(Files.readAllLines(classifier.resolve("classes.txt"))).containsExactly("blue", "red");
        assertThat(Files.readString(classifier.resolve("metrics.jsonl"))).contains("\"eval/accuracy_test\":100");
        Outcome report = TinyRuns.d2v("report", "run=" + classifier);
        assertThat(report.code()).as(report.err()).isZero();
    }

    @Test
    void classifiesFilesFoldersAndNamesWhatItCannotRead() throws IOException {
        Path broken = folder.resolve("broken.png");
        Files.write(broken, new byte[] {1, 2, 3});
        Outcome outcome = TinyRuns.d2v(
                "classify",
                "--run",
                classifier.toString(),
                "--top",
                "2",
                folder.resolve("test").resolve("red").resolve("3.png").toString(),
                broken.toString(),
                folder.resolve("test").resolve("blue").toString());
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("broken.png");
        String[] lines = outcome.out().strip().split("\n", -1);
        assertThat(lines).hasSize(13);
        assertThat(lines[0]).contains("3.png\tred\t0.").contains("\tblue\t0.");
        double total = Arrays.stream(lines[0].split("\t", -1))
                .filter(word -> word.startsWith("0."))
                .mapToDouble(Double::parseDouble)
                .sum();
        assertThat(total).isBetween(0.999, 1.001);
        assertThat(Arrays.stream(lines).skip(1)).allMatch(line -> line.contains("png\tblue\t"));
    }

    @Test
    void anImageHasTheSameClassInWhateverFormItComes() throws IOException {
        Path red = folder.resolve("test").resolve("red").resolve("3.png");
        Path blue = folder.resolve("test").resolve("blue").resolve("3.png");
        Classifier closed;
        try (Classifier model = Classifier.open(classifier)) {
            List<float[]> folders = new ArrayList<>();
            model.classify(red.toString(), (name, probabilities) -> folders.add(probabilities), warning -> {});
            float[] expected = folders.get(0);
            assertThat(model.classify(red)).containsExactly(expected, within(1e-6f));
            assertThat(model.classify(Files.readAllBytes(red))).containsExactly(expected, within(1e-6f));
            assertThat(model.classify(ImageIO.read(red.toFile()))).containsExactly(expected, within(1e-6f));
            try (InputStream stream = Files.newInputStream(red)) {
                assertThat(model.classify(stream)).containsExactly(expected, within(1e-6f));
            }
            List<float[]> both = model.classifyAll(List.of(blue, red));
            assertThat(both.get(1)).containsExactly(expected, within(1e-5f));
            assertThat(both.get(0)[model.classes().indexOf("blue")]).isGreaterThan(0.5f);
            assertThatThrownBy(() -> model.classify("a sentence"))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("trained on images");
            closed = model;
        }
        String refusal = "the model of " + classifier + " is closed";
        assertThatThrownBy(() -> closed.classify(red))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(refusal);
        assertThatThrownBy(closed::classes)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(refusal);
    }

    @Test
    void goesOnFromItsCheckpointAndEndsTheSame() throws IOException {
        Path again = folder.resolve("again");
        assertThat(finetune(again).code()).isZero();
        Path last = Path.of("checkpoints", "step-000024");
        try (Stream<Path> files = Files.list(again.resolve(last))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(again.resolve(last));
        Outcome resumed = finetune(again);
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(resumed.out()).contains("resuming from");
        Path metrics = again.resolve("metrics.jsonl");
        List<String> lines = Files.readAllLines(metrics);
        assertThat(lines.get(lines.size() - 1)).contains("eval/accuracy_test");
        Files.write(metrics, lines.subList(0, lines.size() - 1)); // as if it had been killed while it was measured
        assertThat(finetune(again).code()).isZero();
        assertThat(Files.readAllLines(metrics)).isEqualTo(lines);
        for (String file : List.of("student.safetensors", "average.safetensors")) {
            assertThat(Files.mismatch(
                            again.resolve(last).resolve(file),
                            classifier.resolve(last).resolve(file)))
                    .isEqualTo(-1);
        }
    }

    /** Pre-trained on one rectangle, fine-tuned on another, mixed and erased, evaluated, and asked. */
    @Test
    void rectanglesAllTheWay() throws IOException {
        Path flat = folder.resolve("flat");
        String[] size = {"image.size=16x24", "data=" + folder.resolve("train"), "train.updates=2"};
        Outcome trained = TinyRuns.pretrain(flat, size);
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(Files.readString(flat.resolve("config.yaml"))).contains("  size: 16x24\n");
        assertThat(flat.resolve("report.html")).isNotEmptyFile();
        Path high = folder.resolve("high");
        Outcome tuned = finetune(
                high,
                "from=" + flat,
                "images.size=28x20",
                "images.augmentation.rand_augment.count=2",
                "images.augmentation.erasing.probability=1",
                "train.updates=4");
        assertThat(tuned.code()).as(tuned.err()).isZero();
        String red = folder.resolve("test/red/3.png").toString();
        Outcome asked = TinyRuns.d2v("classify", "--run", high.toString(), red);
        assertThat(asked.code()).as(asked.err()).isZero();
        assertThat(asked.out()).contains("3.png\t");
        Path csv = folder.resolve("flat.csv");
        Outcome embedded = TinyRuns.d2v("embed", "run=" + flat, "data=" + folder.resolve("test"), "output=" + csv);
        assertThat(embedded.code()).as(embedded.err()).isZero();
        assertThat(Files.readAllLines(csv)).hasSize(25);
        Path onnx = folder.resolve("flat.onnx");
        Outcome exported = TinyRuns.d2v("export", "run=" + flat, "--output", onnx.toString());
        assertThat(exported.code()).as(exported.err()).isZero();
    }

    @Test
    void sizesThatDoNotFitAreToldInOneLine() {
        Outcome word = TinyRuns.pretrain(folder.resolve("no"), "image.size=16*24");
        assertThat(word.code()).isEqualTo(1);
        assertThat(word.err())
                .contains("image.size: expected a side in pixels such as 224, or height and width")
                .contains("found 16*24");
        Outcome patch = TinyRuns.pretrain(folder.resolve("no"), "image.size=16x22");
        assertThat(patch.code()).isEqualTo(1);
        assertThat(patch.err()).contains("image.patch is 4 but size is 16x22; the patch must divide the size");
    }

    @Test
    void aShareOfTheLabelsIsAShareOfEachClass() {
        Outcome some = finetune(folder.resolve("some"), "labelled=0.25", "train.updates=1", "test=\"\"");
        assertThat(some.code()).as(some.err()).isZero();
        assertThat(some.out()).contains("6 images in 2 classes");
    }

    @Test
    void whatDoesNotFitIsOneLine() throws IOException {
        assertThat(finetune(folder.resolve("x"), "data=" + folder.resolve("train/red"))
                        .err())
                .contains("has no labelled images");
        draw(folder.resolve("other/green/1.png"), Color.GREEN);
        assertThat(finetune(folder.resolve("x"), "test=" + folder.resolve("other"))
                        .err())
                .contains("class 'green', which the training data does not have");
        assertThat(finetune(folder.resolve("x"), "images.size=23").err()).contains("patch must divide the size");
        assertThat(TinyRuns.d2v("classify", "--run", pretrained.toString(), "a.png")
                        .err())
                .contains("d2v: ");
        assertThat(folder.resolve("x")).doesNotExist();
    }
}
