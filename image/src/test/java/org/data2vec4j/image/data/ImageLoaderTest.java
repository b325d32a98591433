package org.data2vec4j.image.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.EpochOrder;
import org.data2vec4j.data.LoaderPosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ImageLoaderTest {
    private static final Augmentation AUGMENTATION =
            new Augmentation(RandomResizedCrop.ofScale(0.3, 1), true, new ColorJitter(0.4, 0.4, 0.4, 0.1));
    private static final ImageLoaderConfig CONFIG = ImageLoaderConfig.evaluation(
                    ImageSize.square(16), 10, Normalization.IMAGENET)
            .withAugmentation(AUGMENTATION, 5);

    @TempDir
    Path folder;

    @Test
    void threadsDoNotChangeTheBatches() {
        ImageSource source = new SyntheticImages(37, 20, 1);
        List<ImageBatch> alone = batches(source, CONFIG.withThreads(1, 0), LoaderPosition.START, 9);
        assertSame(alone, batches(source, CONFIG.withThreads(3, 4), LoaderPosition.START, 9));
        int[] drawn = alone.stream()
                .flatMapToInt(batch -> Arrays.stream(batch.ids()).mapToInt(id -> (int) id))
                .limit(37)
                .toArray();
        assertThat(drawn).isEqualTo(EpochOrder.permutation(37, 5, 0));
        assertThat(alone.get(3).next()).isEqualTo(new LoaderPosition(1, 3)); // ran on across the epoch's end
        assertThat(alone.get(0).labels()[4])
                .isEqualTo(source.label((int) alone.get(0).ids()[4]));
        assertThat(alone.get(0).pixels()).hasSize(10 * 3 * 16 * 16);
    }

    @Test
    void goesOnExactlyFromEveryBatchWithOrWithoutBrokenFiles() {
        for (ImageSource source : List.of(new SyntheticImages(23, 16, 1), brokenEveryFifth())) {
            List<ImageBatch> all = batches(source, CONFIG, LoaderPosition.START, 8);
            for (int k = 0; k < 5; k++) {
                List<ImageBatch> rest =
                        batches(source, CONFIG.withThreads(2, 2), all.get(k).next(), 3);
                assertSame(all.subList(k + 1, k + 4), rest);
            }
        }
    }

    @Test
    void sampleLooksTheSameWhateverTheBatchSize() {
        ImageSource source = new SyntheticImages(12, 16, 1);
        ImageBatch large = batches(source, CONFIG, LoaderPosition.START, 1).get(0);
        ImageLoaderConfig single =
                new ImageLoaderConfig(ImageSize.square(16), 1, AUGMENTATION, Normalization.IMAGENET, 5, 1, 0);
        List<ImageBatch> small = batches(source, single, LoaderPosition.START, 10);
        for (int i = 0; i < 10; i++) {
            assertThat(small.get(i).pixels()).isEqualTo(Arrays.copyOfRange(large.pixels(), i * 768, i * 768 + 768));
        }
        List<ImageBatch> epochs = batches(source, single, LoaderPosition.START, 24);
        ImageBatch again = epochs.stream()
                .skip(12)
                .filter(batch -> batch.ids()[0] == epochs.get(0).ids()[0])
                .findFirst()
                .orElseThrow();
        assertThat(again.pixels()).isNotEqualTo(epochs.get(0).pixels()); // another epoch, another crop
    }

    @Test
    void badFilesAreSkippedCountedAndNamedOnce() throws IOException {
        byte[] jpeg = TestImages.jpeg(20, 20, 1);
        for (int i = 0; i < 6; i++) {
            TestImages.write(folder.resolve("good" + i + ".jpg"), jpeg);
        }
        TestImages.write(folder.resolve("cut.jpg"), Arrays.copyOf(jpeg, jpeg.length / 2));
        TestImages.write(folder.resolve("text.jpg"), "text".getBytes(StandardCharsets.UTF_8));
        TestImages.write(folder.resolve("empty.png"), new byte[0]);
        TestImages.write(folder.resolve("tiny.png"), TestImages.png(1, 1, 1));
        List<String> warnings = new ArrayList<>();
        try (ImageSource source = ImageSources.open(folder.toString());
                ImageLoader loader = new ImageLoader(source, CONFIG, LoaderPosition.START, warnings::add)) {
            int skipped = 0;
            int read = 0;
            LoaderPosition position = LoaderPosition.START;
            for (int i = 0; i < 6; i++) {
                ImageBatch batch = loader.next();
                assertThat(batch.size()).isEqualTo(10);
                assertThat(batch.ids()).doesNotContain(0, 1, 8, 9);
                skipped += batch.skipped();
                read += batch.size();
                position = batch.next();
            }
            assertThat(read + skipped).isEqualTo(10 * position.epoch() + position.offset());
            assertThat(loader.skippedFiles()).hasSize(4);
        }
        assertThat(warnings).hasSize(4);
        assertThat(String.join("\n", warnings))
                .contains("skipped " + folder.resolve("cut.jpg") + ": the JPEG file is cut off")
                .contains("text.jpg: not an image of a known format")
                .contains("empty.png: the file is empty")
                .contains("tiny.png: the image is 1x1 pixels, and images smaller than 8x8 are skipped");
    }

    @Test
    void nothingUsableIsOneClearLine() throws IOException {
        TestImages.write(folder.resolve("tiny.png"), TestImages.png(1, 1, 1));
        try (ImageSource source = ImageSources.open(folder.toString())) {
            try (ImageLoader loader = new ImageLoader(source, CONFIG, LoaderPosition.START, line -> {})) {
                assertThatThrownBy(loader::next)
                        .isInstanceOf(UserException.class)
                        .hasMessage("none of the 1 images can be used; the first is " + folder.resolve("tiny.png")
                                + ": the image is 1x1 pixels, and images smaller than 8x8 are skipped");
            }
            try (SequentialImageLoader pass = new SequentialImageLoader(source, CONFIG, 9, line -> {})) {
                assertThatThrownBy(pass::iterator).isInstanceOf(UserException.class);
            }
        }
    }

    @Test
    void manyBadFilesAreNotAllTold() {
        List<RgbImage> images = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            images.add(TestImages.noise(i < 50 ? 3 : 16, 16, i));
        }
        List<String> warnings = new ArrayList<>();
        try (ImageLoader loader =
                new ImageLoader(TestImages.source(images), CONFIG, LoaderPosition.START, warnings::add)) {
            loader.next();
            loader.next();
            assertThat(loader.skippedFiles()).hasSize(50);
        }
        assertThat(warnings).hasSize(21);
    }

    @Test
    void failuresOfWorkersReachTheCaller() {
        List<RgbImage> images = new ArrayList<>(IntStream.range(0, 20)
                .mapToObj(i -> TestImages.noise(16, 16, i))
                .toList());
        images.set(13, null); // a defect, not a broken file
        try (ImageLoader loader = new ImageLoader(
                TestImages.source(images), CONFIG.withThreads(2, 1), LoaderPosition.START, line -> {})) {
            assertThatThrownBy(() -> {
                        loader.next();
                        loader.next();
                    })
                    .isInstanceOf(NullPointerException.class);
        }
    }

    @Test
    void closingEndsTheThreads() throws InterruptedException {
        ImageLoader loader = new ImageLoader(
                new SyntheticImages(5000, 64, 1), CONFIG.withThreads(3, 50), LoaderPosition.START, line -> {});
        loader.next();
        List<Thread> threads = loaderThreads();
        assertThat(threads).isNotEmpty().allMatch(Thread::isDaemon);
        loader.close();
        for (Thread thread : threads) {
            thread.join(5000);
            assertThat(thread.isAlive()).isFalse();
        }
        assertThatThrownBy(loader::next).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void passReadsTheFirstSamplesOnceInOrder() {
        ImageSource source = brokenEveryFifth();
        ImageLoaderConfig config = ImageLoaderConfig.evaluation(ImageSize.square(16), 10, Normalization.GENERIC);
        try (SequentialImageLoader pass = new SequentialImageLoader(source, config.withThreads(2, 2), 28, line -> {})) {
            for (int round = 0; round < 2; round++) {
                List<Long> ids = new ArrayList<>();
                List<Integer> sizes = new ArrayList<>();
                for (ImageBatch batch : pass) {
                    Arrays.stream(batch.ids()).forEach(ids::add);
                    sizes.add(batch.size());
                }
                assertThat(ids)
                        .hasSize(22)
                        .isSorted()
                        .doesNotContain(0L, 5L, 28L)
                        .contains(27L);
                assertThat(sizes).containsExactly(10, 10, 2);
                assertThat(pass.skippedFiles()).hasSize(6);
            }
        }
        try (SequentialImageLoader pass =
                new SequentialImageLoader(new SyntheticImages(20, 16, 1), config, 999, line -> {})) {
            List<Integer> sizes = new ArrayList<>();
            pass.forEach(batch -> sizes.add(batch.size()));
            assertThat(sizes).containsExactly(10, 10);
        }
    }

    private static ImageSource brokenEveryFifth() {
        return TestImages.source(IntStream.range(0, 31)
                .mapToObj(i -> TestImages.noise(16, i % 5 == 0 ? 2 : 16, i))
                .toList());
    }

    private static List<Thread> loaderThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("image-loader"))
                .toList();
    }

    private static List<ImageBatch> batches(
            ImageSource source, ImageLoaderConfig config, LoaderPosition start, int count) {
        List<ImageBatch> batches = new ArrayList<>();
        try (ImageLoader loader = new ImageLoader(source, config, start, line -> {})) {
            for (int i = 0; i < count; i++) {
                batches.add(loader.next());
            }
        }
        return batches;
    }

    private static void assertSame(List<ImageBatch> expected, List<ImageBatch> actual) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i).ids()).isEqualTo(expected.get(i).ids());
            assertThat(actual.get(i).labels()).isEqualTo(expected.get(i).labels());
            assertThat(actual.get(i).pixels()).isEqualTo(expected.get(i).pixels());
            assertThat(actual.get(i).next()).isEqualTo(expected.get(i).next());
        }
    }
}
