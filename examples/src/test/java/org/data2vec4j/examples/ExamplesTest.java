package org.data2vec4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.data2vec4j.cli.D2v;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples do what they say, with models of a few thousand weights. */
class ExamplesTest {
    private static final List<String> TINY = List.of(
            "precision=fp32",
            "device=cpu",
            "train.threads=1",
            "train.batch=4",
            "model.depth=2",
            "model.block.width=16",
            "model.block.heads=2",
            "data2vec2.targets.layers=2",
            "data2vec2.decoder.width=16",
            "data2vec2.decoder.layers=1");

    @TempDir
    Path folder;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    private static void d2v(List<String> more, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(more);
        StringWriter said = new StringWriter();
        PrintWriter print = new PrintWriter(said, true);
        assertThat(D2v.run(all.toArray(String[]::new), print, print))
                .as(said.toString())
                .isZero();
    }

    private String said() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void anEncoderOfOnesOwn() throws Exception {
        Path pictures = Files.createDirectory(folder.resolve("pictures"));
        Path picture = pictures.resolve("grey.png");
        ImageIO.write(new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY), "png", picture.toFile());
        for (int i = 0; i < 3; i++) {
            Files.copy(picture, pictures.resolve(i + ".png"));
        }
        List<String> settings = new ArrayList<>(TINY);
        settings.addAll(List.of("train.updates=1", "image.size=16"));
        OwnEncoder.run(pictures, folder.resolve("run"), picture, settings, out);
        assertThat(said()).contains("16 numbers for grey.png");
        assertThat(folder.resolve("run/report.html")).exists();
    }

    @Test
    void theTwinIsTheMostSimilarPicture() throws Exception {
        Path run = folder.resolve("run");
        d2v(
                TINY,
                "pretrain",
                "recipe=image-tiny",
                "run=" + run,
                "data=synthetic:8",
                "train.updates=1",
                "image.size=16");
        Path pictures = Files.createDirectory(folder.resolve("pictures"));
        for (int i = 0; i < 4; i++) {
            BufferedImage picture = new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB);
            for (int at = 0; at < 400; at++) {
                picture.setRGB(at % 20, at / 20, (i / 2 + 1) * 1_234_567 * at + i % 2);
            }
            ImageIO.write(picture, "png", pictures.resolve(i + ".png").toFile());
        }
        SimilarPictures.run(run, pictures, out);
        assertThat(said().lines()).containsExactly("0.png 1.png", "1.png 0.png", "2.png 3.png", "3.png 2.png");
    }

    @Test
    void aRecordingIsTranscribed() throws Exception {
        Path run = folder.resolve("run");
        d2v(
                TINY,
                "pretrain",
                "recipe=audio-tiny",
                "run=" + run,
                "data=synthetic:8",
                "train.updates=1",
                "audio.feature_encoder.extractor=[{channels: 8, kernel: 10, stride: 5}, {channels: 8, kernel: 8, stride: 8},"
                        + " {channels: 8, kernel: 8, stride: 8}]",
                "model.positions.groups=4",
                "data2vec2.decoder.groups=4");
        Path recogniser = folder.resolve("recogniser");
        d2v(
                List.of(),
                "finetune",
                "recipe=audio-tiny-ctc",
                "from=" + run,
                "run=" + recogniser,
                "data=synthetic:4",
                "precision=fp32",
                "device=cpu",
                "train.updates=1",
                "train.batch=4");
        Path wav = folder.resolve("a.wav");
        byte[] samples = new byte[2 * 16_000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (i * i % 31);
        }
        AudioFormat format = new AudioFormat(16_000, 16, 1, true, false);
        AudioSystem.write(
                new AudioInputStream(new ByteArrayInputStream(samples), format, 16_000),
                AudioFileFormat.Type.WAVE,
                wav.toFile());
        Subtitles.run(recogniser, wav, out);
        List<String> lines = said().lines().toList();
        assertThat(lines).isNotEmpty();
        assertThat(lines.subList(0, lines.size() - 1)).allMatch(line -> line.matches(" +[0-9.]+ to +[0-9.]+  .+"));
    }

    @Test
    void aRunIsSummedUpAndEvaluatedOnce() {
        Path run = folder.resolve("run");
        d2v(
                TINY,
                "pretrain",
                "recipe=image-tiny",
                "run=" + run,
                "data=synthetic:8",
                "train.updates=1",
                "train.log_every=1",
                "image.size=16");
        String[] settings = {
            "data=synthetic:24", "bank=16", "queries=8", "seeds=0", "shares=", "tokens=8", "map=8", "k=3"
        };
        RunSummary.run(run, settings, out);
        String first = said();
        assertThat(first)
                .contains("update 1" + System.lineSeparator(), "update 1: loss ", "knn of student, labels 100 %: ");
        assertThat(run.resolve("evaluation.json")).exists();
        bytes.reset();
        RunSummary.run(run, new String[] {"no such setting"}, out); // not measured again
        assertThat(said()).isEqualTo(first);
    }

    @Test
    void aTeacherGoesOutAndComesBack() {
        Path run = folder.resolve("run");
        d2v(
                TINY.stream().filter(word -> !word.startsWith("data2vec2.")).toList(),
                "pretrain",
                "recipe=image-v1-tiny",
                "run=" + run,
                "data=synthetic:8",
                "train.updates=1",
                "data2vec1.targets.layers=2");
        Exchange.run(run, folder, out);
        assertThat(said()).contains("teacher.onnx: teacher at update 1", " tensors read back", "vectors of 16");
    }

    @Test
    void trainingEndsOnceTheLossStopsFalling() {
        List<String> settings = new ArrayList<>(TINY);
        // Nothing is learned at this rate, so the loss has no reason to fall.
        settings.addAll(
                List.of("image.size=16", "train.updates=500", "train.log_every=1", "optimizer.learning_rate=1e-12"));
        long updates = EarlyStopping.run("synthetic:16", folder.resolve("run").toString(), settings, out);
        assertThat(updates).isBetween(21L, 499L);
        assertThat(said()).contains(updates + " updates, loss ");
    }
}
