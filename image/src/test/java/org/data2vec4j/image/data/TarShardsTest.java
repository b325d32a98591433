package org.data2vec4j.image.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.tar.ScratchFolder;
import org.data2vec4j.data.tar.TarBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarShardsTest {
    private static final SourceOptions RAW = SourceOptions.DEFAULT.withMemory(1 << 20, 0);

    @TempDir
    Path folder;

    @Test
    void memoryPlainAndUnpackedGiveTheSame() throws Exception {
        String deep = "d/".repeat(120);
        byte[] tar = new TarBytes()
                .file("000.png", TestImages.png(9, 8, 0))
                .text("000.cls", "1\n")
                .gnuLong(deep + "001.png", TestImages.png(8, 9, 1))
                .gnuLong(deep + "001.cls", "0".getBytes(StandardCharsets.UTF_8))
                .text("lonely.cls", "0")
                .text("._000.png", "mac")
                .file("002.left.png", TestImages.png(8, 8, 2))
                .text("002.cls", "1")
                .file("003.png", TestImages.png(8, 8, 3))
                .finish();
        TestImages.write(folder.resolve("a/x.tar"), tar);
        TestImages.write(folder.resolve("b/x.tar.gz"), gzip(tar));
        for (String spec : new String[] {"a/x.tar", "b/x.tar.gz"}) {
            for (int memory : new int[] {0, 600, 1 << 20}) {
                String path = folder.resolve(spec).toString();
                try (ImageSource source = ImageSources.open(path, RAW.withMemory(memory, 0))) {
                    assertThat(source.size()).isEqualTo(4);
                    assertThat(source.classes()).containsExactly("0", "1");
                    int[] labels = {1, 0, 1, -1};
                    for (int i = 0; i < 4; i++) {
                        assertThat(source.label(i)).isEqualTo(labels[i]);
                        RgbImage image = source.read(i);
                        assertThat(image.rgb())
                                .isEqualTo(TestImages.noise(image.width(), image.height(), i)
                                        .rgb());
                    }
                    assertThat(source.name(1)).isEqualTo(path + "!" + deep + "001.png");
                    assertThat(source.fingerprint()).hasSize(32);
                }
            }
        }
    }

    @Test
    void prefixAndGlobSelectShardsInOrder() throws IOException {
        for (String name : new String[] {"train-1.tar", "train-0.tar", "test-0.tar"}) {
            TestImages.write(
                    folder.resolve(name),
                    new TarBytes().file(name + ".png", TestImages.png(8, 8, 0)).finish());
        }
        assertThat(sizeOf("")).isEqualTo(3);
        assertThat(sizeOf("/train")).isEqualTo(2);
        assertThat(sizeOf("/train-*")).isEqualTo(2);
        assertThat(sizeOf("/t*-0.tar")).isEqualTo(2);
        assertThat(sizeOf("/train-1.tar")).isEqualTo(1);
        assertThat(ImageSources.open(folder + "/train", RAW).name(0)).contains("train-0.tar!");
        assertThatThrownBy(() -> sizeOf("/valid"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("/valid");
    }

    private int sizeOf(String rest) {
        try (ImageSource source = ImageSources.open(folder + rest, RAW)) {
            return source.size();
        }
    }

    @Test
    void classNamesComeFromTextsOrTheListBeside() throws IOException {
        byte[] png = TestImages.png(8, 8, 0);
        byte[] words = new TarBytes()
                .file("0.png", png)
                .text("0.cls", "dog")
                .file("1.png", png)
                .text("1.cls", "cat")
                .finish();
        Path shard = folder.resolve("x.tar");
        TestImages.write(shard, words);
        ImageSource sorted = ImageSources.open(shard.toString(), RAW);
        assertThat(sorted.classes()).containsExactly("cat", "dog");
        assertThat(sorted.label(0)).isEqualTo(1);
        TestImages.write(folder.resolve("classes.txt"), "dog\ncat\nbird\n".getBytes(StandardCharsets.UTF_8));
        ImageSource listed = ImageSources.open(shard.toString(), RAW);
        assertThat(listed.classes()).containsExactly("dog", "cat", "bird");
        assertThat(listed.label(0)).isZero();
        TestImages.write(
                shard, new TarBytes().file("0.png", png).text("0.cls", "3").finish());
        refuses("allowed: 0 to 2");
        TestImages.write(
                shard, new TarBytes().file("0.png", png).text("0.cls", "fish").finish());
        refuses("'fish'");
    }

    @Test
    void damagedArchivesNameTheFile() throws IOException {
        TarBytes tar = new TarBytes().file("0.png", TestImages.png(20, 20, 0));
        byte[] open = tar.unfinished();
        byte[] zipped = gzip(tar.finish());
        TestImages.write(folder.resolve("x.tar"), open);
        refuses("x.tar cannot be read: the archive is cut off");
        for (int cut : new int[] {0, 7, zipped.length / 2, zipped.length - 3}) {
            Path file = folder.resolve("gz/y.tar.gz");
            TestImages.write(file, Arrays.copyOf(zipped, cut));
            for (int memory : new int[] {0, 1 << 20}) {
                assertThatThrownBy(() -> ImageSources.open(file.toString(), RAW.withMemory(memory, 0)))
                        .isInstanceOf(UserException.class)
                        .hasMessageContaining("y.tar.gz cannot be read");
            }
        }
        TestImages.write(
                folder.resolve("x.tar"), new TarBytes().text("a.txt", "no").finish());
        refuses("no images in");
    }

    @Test
    void unpackedShardsAreDeletedOnClose() throws IOException {
        ScratchFolder scratch = new ScratchFolder();
        byte[] tar = new TarBytes().file("0.png", TestImages.png(8, 8, 0)).finish();
        Path shard = folder.resolve("x.tgz");
        TestImages.write(shard, gzip(tar));
        ShardIndex.read(shard, 0, scratch).store().close();
        Path next = scratch.newFile(".tar");
        assertThat(next.resolveSibling("0.tar")).exists();
        scratch.close();
        assertThat(next.getParent()).doesNotExist();
    }

    @Test
    void interruptedReadersDoNotSpoilTheShard() throws Exception {
        TestImages.write(
                folder.resolve("x.tar"),
                new TarBytes().file("0.png", TestImages.png(8, 8, 0)).finish());
        try (ImageSource source = ImageSources.open(folder.resolve("x.tar").toString(), RAW)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> source.read(0)).isInstanceOf(UncheckedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(source.read(0).width()).isEqualTo(8);
        }
    }

    private void refuses(String reason) {
        assertThatThrownBy(() -> ImageSources.open(folder.resolve("x.tar").toString(), RAW))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(reason);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        }
        return out.toByteArray();
    }
}
