package org.data2vec4j.image.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.parquet.ParquetBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
    @TempDir
    Path folder;

    @Test
    void subFoldersAreClassesInSortedOrder() throws IOException {
        for (String name :
                new String[] {"dog/z.PNG", "cat/b.jpg", "cat/deep/a.jpeg", "dog/.hidden.png", ".git/x.png"}) {
            TestImages.write(folder.resolve(name), TestImages.png(9, 8, 1));
        }
        TestImages.write(folder.resolve("notes.txt"), new byte[3]);
        try (ImageFolder source = ImageFolder.open(folder, false)) {
            assertThat(source.size()).isEqualTo(3);
            assertThat(source.classes()).containsExactly("cat", "dog");
            assertThat(IntStream.range(0, 3).map(source::label)).containsExactly(0, 0, 1);
            assertThat(source.name(1))
                    .isEqualTo(folder.resolve("cat/deep/a.jpeg").toString());
            assertThat(source.read(0).width()).isEqualTo(9);
        }
    }

    @Test
    void oneImageInTheRootMeansNoClasses() throws IOException {
        TestImages.write(folder.resolve("a/x.png"), TestImages.png(8, 8, 1));
        TestImages.write(folder.resolve("y.png"), TestImages.png(8, 8, 2));
        ImageFolder source = ImageFolder.open(folder, false);
        assertThat(source.classes()).isEmpty();
        assertThat(source.label(0)).isEqualTo(-1);
    }

    @Test
    void oneStrayImageBesideClassFoldersIsNamed() throws IOException {
        for (String name : new String[] {"a/1.png", "a/2.png", "b/3.jpe", "stray.png"}) {
            TestImages.write(folder.resolve(name), TestImages.png(8, 8, 1));
        }
        TestImages.write(folder.resolve("b/x.xcf"), new byte[3]);
        ImageFolder source = ImageFolder.open(folder, false);
        assertThat(source.classes()).containsExactly("a", "b");
        assertThat(IntStream.range(0, 4).map(source::label)).containsExactly(0, 0, 1, -1);
        assertThat(source.notes())
                .containsExactly(
                        "1 image lies beside the class folders, without a class; the first is stray.png",
                        folder + ": 1 other file passed over: .xcf 1");
    }

    @Test
    void tablesNameClasses() throws IOException {
        for (String name : new String[] {"train/1.png", "train/2.png", "3.png"}) {
            TestImages.write(folder.resolve(name), TestImages.png(8, 8, 1));
        }
        String csv = "\uFEFFfile_name,label\n1.png,10\n2.png,9\ngone.png,9\n";
        TestImages.write(folder.resolve("train/metadata.csv"), csv.getBytes(StandardCharsets.UTF_8));
        ImageFolder all = ImageFolder.open(folder, false);
        assertThat(all.classes()).containsExactly("9", "10");
        assertThat(IntStream.range(0, 3).map(all::label)).containsExactly(-1, 1, 0);
        try (ImageSource listed =
                ImageSources.open(folder.resolve("train/metadata.csv").toString())) {
            assertThat(listed.size()).isEqualTo(2);
            assertThat(listed.label(0)).isEqualTo(1);
            assertThat(listed.notes())
                    .singleElement()
                    .asString()
                    .contains("1 of 3 pictures")
                    .contains("gone.png");
        }
    }

    @Test
    void parquetFilesHaveClassesByName() throws IOException {
        ParquetBytes.write(folder.resolve("train-0.parquet"), ParquetBytes.SNAPPY);
        ParquetBytes.write(folder.resolve("train-1.parquet"), ParquetBytes.LZ4_ROWS);
        try (ImageSource source = ImageSources.open(folder.toString())) {
            assertThat(source.size()).isEqualTo(10);
            assertThat(source.classes()).containsExactly("emu", "cat");
            assertThat(IntStream.range(0, 10).map(source::label)).containsExactly(0, 1, -1, 1, 0, 0, 1, -1, 1, 0);
            assertThat(source.read(8).rgb()[0]).isEqualTo((byte) 30);
            assertThat(source.name(8)).endsWith("train-1.parquet!3");
        }
    }

    @Test
    void fingerprintFollowsNamesAndSizesNotThePlace() throws IOException {
        for (String copy : new String[] {"one", "two", "three"}) {
            TestImages.write(folder.resolve(copy + "/a.png"), TestImages.png(8, 8, 1));
        }
        TestImages.write(folder.resolve("three/b.png"), TestImages.png(8, 8, 1));
        String one = ImageFolder.open(folder.resolve("one"), false).fingerprint();
        assertThat(one)
                .hasSize(32)
                .isEqualTo(ImageFolder.open(folder.resolve("two"), false).fingerprint());
        assertThat(one)
                .isNotEqualTo(ImageFolder.open(folder.resolve("three"), false).fingerprint());
    }

    @Test
    void foldersWithoutImagesAreExplainedInOneLine() throws IOException {
        refuses(folder.toString(), "has no images: found 0 other files");
        TestImages.write(folder.resolve("notes.txt"), new byte[3]);
        refuses(folder.toString(), "found 1 other file; allowed are the extensions avif, bmp, dib, gif");
        refuses(folder.resolve("notes.txt").toString(), "is a file, but neither");
        refuses(folder.resolve("nowhere").toString(), "does not exist");
        refuses(folder + "/nowhere/a*", "does not exist");
        refuses("", "does not exist");
        refuses("bad\0path", "bad");
        refuses("synthetic:x", "whole number");
        refuses("synthetic:0", "allowed: 1 to");
        refuses("synthetic-patterns:x", "as in synthetic-patterns:2000");
    }

    @Test
    void opensSyntheticByNumberAndCaches() throws Exception {
        try (ImageSource source = ImageSources.open("synthetic:12", SourceOptions.DEFAULT.withSynthetic(16, 3))) {
            assertThat(source.size()).isEqualTo(12);
            assertThat(source.read(3)).isSameAs(source.read(3));
            assertThat(source.read(3).rgb())
                    .isEqualTo(new SyntheticImages(12, 16, 3).read(3).rgb());
        }
        try (ImageSource source =
                ImageSources.open("synthetic-patterns:12", SourceOptions.DEFAULT.withSynthetic(16, 3))) {
            assertThat(source.read(3).rgb())
                    .isEqualTo(new SyntheticImages(SyntheticDrawing.PATTERNS, 12, 16, 3)
                            .read(3)
                            .rgb());
        }
        assertThat(ImageSources.open("synthetic").size()).isEqualTo(ImageSources.SYNTHETIC_SIZE);
    }

    @Test
    void aSetTooLargeForTheMemoryIsNotKept() throws IOException {
        CachedImages cached = new CachedImages(new SyntheticImages(1000, 16, 1), 200_000);
        for (int i = 0; i < 64; i++) {
            assertThat(cached.keeping()).isTrue();
            cached.read(i);
        }
        assertThat(cached.keeping()).isFalse();
        assertThat(cached.read(0)).isNotSameAs(cached.read(0));
    }

    private static void refuses(String spec, String reason) {
        assertThatThrownBy(() -> ImageSources.open(spec))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(reason)
                .message()
                .doesNotContain("\n");
    }
}
