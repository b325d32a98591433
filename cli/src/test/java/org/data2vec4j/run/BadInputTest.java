package org.data2vec4j.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.data2vec4j.run.TinyRuns.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong: one line that says what to do, exit code 1, nothing half-written. */
class BadInputTest {
    @TempDir
    Path folder;

    private Path run;

    private void refused(String expected, String... words) {
        run = folder.resolve("run");
        Outcome outcome = TinyRuns.pretrain(run, words);
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err().strip().lines()).as(outcome.err()).hasSize(1);
        assertThat(outcome.err()).startsWith("d2v: ").contains(expected);
        assertThat(run.resolve("checkpoints")).doesNotExist();
    }

    private Path data() throws IOException {
        return Files.createDirectories(folder.resolve("data"));
    }

    private static byte[] jpeg(int side) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB), "jpg", bytes);
        return bytes.toByteArray();
    }

    @Test
    void dataThatIsNot() throws IOException {
        refused("does not exist", "data=" + folder.resolve("absent"));
        refused("no image", "data=" + data());
        Files.writeString(data().resolve("notes.txt"), "no picture");
        refused("no image", "data=" + data());
        assertThat(run).doesNotExist();
    }

    @Test
    void picturesThatCannotBeUsed() throws IOException {
        byte[] whole = jpeg(32);
        Files.write(data().resolve("cut.jpg"), Arrays.copyOf(whole, whole.length / 2));
        Files.write(data().resolve("dot.jpg"), jpeg(1));
        Outcome outcome = TinyRuns.pretrain(folder.resolve("run"), "data=" + data());
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err().strip().lines()).as(outcome.err()).hasSize(1);
        assertThat(folder.resolve("run/checkpoints")).doesNotExist();
    }

    @Test
    void oneGoodPictureAmongBrokenOnesTrains() throws IOException {
        byte[] whole = jpeg(32);
        Files.write(data().resolve("cut.jpg"), Arrays.copyOf(whole, whole.length / 2));
        Files.write(data().resolve("good.jpg"), whole);
        Outcome outcome = TinyRuns.pretrain(folder.resolve("run"), "data=" + data());
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).doesNotContain("classes");
    }

    @Test
    void settingsThatAreWrong() {
        refused("unknown key train.updtes; did you mean updates?", "train.updtes=3");
        refused("train.batch: expected an integer, found four", "train.batch=four");
        refused("device is 'tpu'; allowed: auto, cpu, cuda, cuda:N", "device=tpu");
        refused("CUDA", "device=cuda:7");
        refused("unknown recipe image-tny; did you mean image-tiny?", "recipe=image-tny");
        refused("evaluate.every_updates", "evaluate.every_updates=-1");
        assertThat(run).doesNotExist();
    }

    @Test
    void aRunDirectoryThatCannotBeWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        Outcome outcome = TinyRuns.pretrain(file.resolve("run"));
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err())
                .startsWith("d2v: cannot write to the run directory")
                .contains("choose another run=DIR");
    }

    @Test
    void checkpointsThatDoNotFit() throws IOException {
        run = folder.resolve("run");
        assertThat(TinyRuns.pretrain(run).code()).isZero();
        again("is of another architecture", "model.block.width=32", "train.updates=8");
        again("the data has changed", "data=synthetic:41", "train.updates=8");
        again("set seed=1", "seed=2", "train.updates=8");
        Path newest = run.resolve("checkpoints/step-000006");
        byte[] student = Files.readAllBytes(newest.resolve("student.safetensors"));
        Files.write(newest.resolve("student.safetensors"), Arrays.copyOf(student, student.length - 9));
        again("student.safetensors", "train.updates=8");
        Files.writeString(newest.resolve("state.json"), "{\"format\": 1");
        again("state.json is damaged", "train.updates=8");
        assertThat(run.resolve("checkpoints/step-000008")).doesNotExist();
    }

    @Test
    void aPictureThatWasChangedInPlace() throws IOException {
        run = folder.resolve("run");
        Path picture = Files.write(data().resolve("good.jpg"), jpeg(32));
        assertThat(TinyRuns.pretrain(run, "data=" + data()).code()).isZero();
        byte[] bytes = Files.readAllBytes(picture);
        bytes[bytes.length - 10] ^= 1;
        Files.write(picture, bytes);
        again("has the same name and size and another content", "data=" + data(), "train.updates=8");
    }

    private void again(String expected, String... words) {
        Outcome outcome = TinyRuns.pretrain(run, words);
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err().strip().lines()).as(outcome.err()).hasSize(1);
        assertThat(outcome.err()).contains(expected);
    }

    @Test
    void measuringWhatIsNotThere() throws IOException {
        Outcome absent = TinyRuns.d2v("knn", "run=" + folder.resolve("none"));
        assertThat(absent.code()).isEqualTo(1);
        assertThat(absent.err()).contains("is not a run directory");
        Outcome unknown = TinyRuns.d2v("probe", "run=x", "deta=y");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).contains("'deta=y' is not known here");
        assertThat(TinyRuns.d2v("pretrain", "run=" + folder).err()).contains("recipe=… is missing");
        assertThat(TinyRuns.d2v("pretrain", "recipe").err()).contains("is not of the form key=value");
    }
}
