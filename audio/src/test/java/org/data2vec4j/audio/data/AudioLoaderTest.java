package org.data2vec4j.audio.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.data2vec4j.core.Rng;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.LoaderPosition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AudioLoaderTest {
    private static final AudioLoaderConfig BUDGET =
            AudioLoaderConfig.training(100, 2_000, new BatchSize.BySamples(8_000, 16));

    /** 60 recordings of 200 to 4,199 samples; nine that cannot be used for four reasons. */
    private static TestRecordings mixed() {
        List<float @Nullable []> recordings = new ArrayList<>();
        Rng rng = Rng.of(9);
        for (int i = 0; i < 60; i++) {
            recordings.add(TestRecordings.noise(200 + rng.nextInt(4_000), i));
        }
        for (int i = 0; i < 60; i += 20) {
            recordings.set(i, null);
            recordings.set(i + 1, new float[99]);
        }
        recordings.set(2, new float[500]);
        recordings.set(22, new float[0]);
        float[] poisoned = TestRecordings.noise(500, 1);
        poisoned[17] = Float.NaN;
        recordings.set(42, poisoned);
        return new TestRecordings(recordings);
    }

    private static final Set<Long> UNUSABLE = Set.of(0L, 1L, 2L, 20L, 21L, 22L, 40L, 41L, 42L);

    @Test
    void everyEpochHasEveryUsableRecordingOnce() {
        TestRecordings source = mixed();
        List<String> warnings = new ArrayList<>();
        try (AudioLoader loader = new AudioLoader(source, BUDGET, LoaderPosition.START, warnings::add)) {
            List<String> orders = new ArrayList<>();
            for (int epoch = 0; epoch < 3; epoch++) {
                List<Long> met = new ArrayList<>();
                int skipped = 0;
                AudioBatch batch;
                do {
                    batch = loader.next();
                    Arrays.stream(batch.ids()).forEach(met::add);
                    skipped += batch.skipped();
                    assertThat(batch.size() * batch.width()).isLessThanOrEqualTo(8_000);
                    assertThat(batch.size()).isLessThanOrEqualTo(16);
                } while (batch.next().epoch() == epoch);
                assertThat(batch.next()).isEqualTo(new LoaderPosition(epoch + 1, 0));
                assertThat(met).hasSize(51).doesNotHaveDuplicates().doesNotContainAnyElementsOf(UNUSABLE);
                assertThat(skipped).isEqualTo(9);
                orders.add(met.toString());
            }
            assertThat(new HashSet<>(orders)).hasSize(3);
            assertThat(loader.skippedFiles())
                    .hasSize(9)
                    .contains("memory!0: it is broken")
                    .contains("memory!2: the recording is silent: every sample is 0.0")
                    .contains("memory!42: the recording has samples that are not finite numbers")
                    .anySatisfy(line -> assertThat(line).startsWith("memory!1: the recording has 99 samples"));
            assertThat(warnings).hasSize(10).startsWith("a note");
        }
    }

    @Test
    void rowsAreNormalisedCroppedAndPadded() {
        TestRecordings source = mixed();
        try (AudioLoader loader = new AudioLoader(source, BUDGET, LoaderPosition.START, line -> {})) {
            for (int n = 0; n < 10; n++) {
                AudioBatch batch = loader.next();
                assertThat(Arrays.stream(batch.lengths()).max()).hasValue(batch.width());
                for (int row = 0; row < batch.size(); row++) {
                    int id = (int) batch.ids()[row];
                    float[] whole = source.recordings(id);
                    int length = batch.lengths()[row];
                    assertThat(length).isEqualTo(Math.min(whole.length, 2_000));
                    assertThat(batch.labels()[row]).isEqualTo(id % 3);
                    assertThat(batch.transcripts()[row]).isEqualTo(source.transcript(id));
                    double mean = 0;
                    double squares = 0;
                    for (float value : whole) {
                        mean += value / (double) whole.length;
                    }
                    for (float value : whole) {
                        squares += (value - mean) * (value - mean) / whole.length;
                    }
                    double scale = 1 / Math.sqrt(squares + 1e-5);
                    int from = offset(whole, batch.samples()[row * batch.width()], mean, scale);
                    double worst = 0;
                    for (int i = 0; i < batch.width(); i++) {
                        double expected = i < length ? (whole[from + i] - mean) * scale : 0;
                        worst = Math.max(worst, Math.abs(batch.samples()[row * batch.width() + i] - expected));
                    }
                    assertThat(worst).isLessThan(1e-5);
                }
            }
        }
    }

    private static int offset(float[] whole, float first, double mean, double scale) {
        return IntStream.range(0, whole.length)
                .filter(i -> Math.abs((whole[i] - mean) * scale - first) < 1e-5)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void threadsAndPrefetchChangeNothing() {
        List<AudioBatch> expected = batches(mixed(), BUDGET.withMinCrop(300), LoaderPosition.START, 40);
        for (int[] threads : new int[][] {{1, 0}, {4, 3}, {7, 1}}) {
            AudioLoaderConfig config = BUDGET.withMinCrop(300).withThreads(threads[0], threads[1]);
            assertSame(expected, batches(mixed(), config, LoaderPosition.START, 40));
        }
    }

    @Test
    void aLoaderGoesOnWhereAnotherStopped() {
        AudioLoaderConfig config = BUDGET.withMinCrop(300).withSeed(5);
        List<AudioBatch> expected = batches(mixed(), config, LoaderPosition.START, 40);
        for (int stop : new int[] {1, 7, 13, 14, 15, 30}) {
            LoaderPosition start = expected.get(stop - 1).next();
            assertSame(expected.subList(stop, 40), batches(mixed(), config, start, 40 - stop));
        }
        int perEpoch = IntStream.range(0, 40)
                        .filter(i -> expected.get(i).next().epoch() == 1)
                        .findFirst()
                        .orElseThrow()
                + 1;
        assertSame(
                batches(mixed(), config, new LoaderPosition(1, 0), 3),
                batches(mixed(), config, new LoaderPosition(0, perEpoch), 3));
        assertThatThrownBy(() -> batches(mixed(), config, new LoaderPosition(0, perEpoch + 1), 1))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("resume with the data");
    }

    @Test
    void batchesHoldRecordingsOfLikeLength() {
        List<float @Nullable []> recordings = new ArrayList<>();
        Rng rng = Rng.of(1);
        for (int i = 0; i < 2_000; i++) {
            recordings.add(TestRecordings.noise(100 + rng.nextInt(1_900), i));
        }
        long real = 0;
        long padded = 0;
        Set<Integer> widths = new HashSet<>();
        for (AudioBatch batch : batches(new TestRecordings(recordings), BUDGET, LoaderPosition.START, 100)) {
            real += Arrays.stream(batch.lengths()).sum();
            padded += (long) batch.size() * batch.width();
            widths.add(batch.width() / 200);
        }
        assertThat((double) real / padded).isGreaterThan(0.88);
        assertThat(widths).hasSizeGreaterThan(5); // not in the order of length
    }

    @Test
    void fixedCountsAndOtherSeeds() {
        AudioLoaderConfig config = AudioLoaderConfig.training(100, 2_000, new BatchSize.ByCount(10));
        List<AudioBatch> batches = batches(mixed(), config.withThreads(2, 2), LoaderPosition.START, 12);
        assertThat(batches.stream().mapToInt(AudioBatch::size).sum()).isEqualTo(102);
        List<AudioBatch> others = batches(mixed(), config.withSeed(1), LoaderPosition.START, 12);
        assertThat(others.get(0).ids()).isNotEqualTo(batches.get(0).ids());
    }

    @Test
    void cropsMoveBetweenEpochsAndVaryInLength() {
        TestRecordings source =
                new TestRecordings(List.of(TestRecordings.noise(9_000, 1), TestRecordings.noise(9_000, 2)));
        AudioLoaderConfig config = AudioLoaderConfig.training(100, 2_000, new BatchSize.ByCount(2));
        Set<Float> firsts = new HashSet<>();
        for (AudioBatch batch : batches(source, config, LoaderPosition.START, 10)) {
            assertThat(batch.lengths()).containsExactly(2_000, 2_000);
            firsts.add(batch.samples()[0]);
        }
        assertThat(firsts).hasSize(10);
        Set<Integer> widths = new HashSet<>();
        for (AudioBatch batch : batches(source, config.withMinCrop(500), LoaderPosition.START, 30)) {
            assertThat(batch.width()).isBetween(500, 2_000);
            assertThat(batch.lengths()).containsExactly(batch.width(), batch.width());
            widths.add(batch.width());
        }
        assertThat(widths).hasSizeGreaterThan(20);
        AudioBatch raw = batches(source, config.withNormalize(false), LoaderPosition.START, 1)
                .get(0);
        assertThat(raw.samples()[0]).isBetween(2f, 4f);
    }

    @Test
    void aPassGivesEveryRecordingInOrder() {
        TestRecordings source = mixed();
        AudioLoaderConfig config =
                AudioLoaderConfig.evaluation(new BatchSize.BySamples(10_000, 8)).withThreads(3, 2);
        try (SequentialAudioLoader pass = new SequentialAudioLoader(source, config, 50, line -> {})) {
            for (int round = 0; round < 2; round++) {
                List<Long> met = new ArrayList<>();
                int skipped = 0;
                for (AudioBatch batch : pass) {
                    Arrays.stream(batch.ids()).forEach(met::add);
                    skipped += batch.skipped();
                    for (int row = 0; row < batch.size(); row++) {
                        assertThat(batch.lengths()[row]).isEqualTo(source.recordings((int) batch.ids()[row]).length);
                    }
                }
                assertThat(met).isSorted().doesNotHaveDuplicates().hasSize(45).contains(1L, 2L, 49L); // short, silent
                assertThat(skipped).isEqualTo(5);
                assertThat(pass.skippedFiles()).hasSize(5);
            }
        }
    }

    @Test
    void aRecordingOfOneSampleAndNothingButSilence() {
        TestRecordings source = new TestRecordings(List.of(new float[] {0.5f}, new float[3]));
        try (SequentialAudioLoader pass = new SequentialAudioLoader(
                source, AudioLoaderConfig.evaluation(new BatchSize.ByCount(2)), 2, line -> {})) {
            AudioBatch batch = pass.iterator().next();
            assertThat(batch.lengths()).containsExactly(1, 3);
            assertThat(batch.samples()).containsOnly(0);
        }
    }

    @Test
    void nothingUsableIsAnErrorThatNamesTheFirst() {
        TestRecordings broken = new TestRecordings(Arrays.asList(null, null, null));
        assertThatThrownBy(() -> batches(broken, BUDGET, LoaderPosition.START, 1))
                .isInstanceOf(UserException.class)
                .hasMessage("none of the 3 recordings can be used; the first is memory!0: it is broken");
        TestRecordings brief = new TestRecordings(List.of(new float[3]));
        assertThatThrownBy(() -> batches(brief, BUDGET, LoaderPosition.START, 1))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("has 3 samples");
        assertThatThrownBy(() -> new SequentialAudioLoader(broken, BUDGET, 3, line -> {}).iterator())
                .isInstanceOf(UserException.class);
    }

    @Test
    void closingEndsTheThreads() throws InterruptedException {
        AudioLoader loader = new AudioLoader(mixed(), BUDGET.withThreads(3, 2), LoaderPosition.START, line -> {});
        loader.next();
        loader.close();
        loader.close();
        assertThatThrownBy(loader::next).isInstanceOf(IllegalStateException.class);
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("audio-loader")) {
                thread.join(2_000);
                assertThat(thread.isAlive()).isFalse();
            }
        }
    }

    @Test
    void settingsAreChecked() {
        BatchSize budget = new BatchSize.BySamples(1_000, 4);
        assertRefused(() -> AudioLoaderConfig.training(0, 500, budget), "min_samples");
        assertRefused(() -> AudioLoaderConfig.training(100, 99, budget), "max_samples");
        assertRefused(() -> AudioLoaderConfig.training(100, 1_001, budget), "batch.samples is 1000");
        assertRefused(() -> AudioLoaderConfig.training(100, 500, budget).withMinCrop(501), "min_crop");
        assertRefused(() -> AudioLoaderConfig.training(100, 500, budget).withMinCrop(99), "min_crop");
        assertRefused(() -> AudioLoaderConfig.training(100, 500, budget).withThreads(0, 1), "workers");
        assertRefused(() -> AudioLoaderConfig.training(100, 500, budget).withThreads(1, -1), "prefetch");
        assertRefused(() -> new BatchSize.ByCount(0), "clips");
        assertRefused(() -> new BatchSize.BySamples(0, 1), "samples");
        assertRefused(() -> new BatchSize.BySamples(1, 0), "clips");
    }

    private static void assertRefused(Runnable making, String message) {
        assertThatThrownBy(making::run).isInstanceOf(UserException.class).hasMessageContaining(message);
    }

    private static List<AudioBatch> batches(
            AudioSource source, AudioLoaderConfig config, LoaderPosition start, int count) {
        List<AudioBatch> batches = new ArrayList<>();
        try (AudioLoader loader = new AudioLoader(source, config, start, line -> {})) {
            for (int i = 0; i < count; i++) {
                batches.add(loader.next());
            }
        }
        return batches;
    }

    private static void assertSame(List<AudioBatch> expected, List<AudioBatch> actual) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            AudioBatch one = expected.get(i);
            AudioBatch other = actual.get(i);
            assertThat(other.ids()).isEqualTo(one.ids());
            assertThat(other.lengths()).isEqualTo(one.lengths());
            assertThat(other.labels()).isEqualTo(one.labels());
            assertThat(other.transcripts()).isEqualTo(one.transcripts());
            assertThat(other.samples()).isEqualTo(one.samples());
            assertThat(other.next()).isEqualTo(one.next());
            assertThat(other.skipped()).isEqualTo(one.skipped());
        }
    }
}
