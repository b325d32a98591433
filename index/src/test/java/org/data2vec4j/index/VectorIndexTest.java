package org.data2vec4j.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.data2vec4j.core.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VectorIndexTest {
    @TempDir
    Path folder;

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    private static List<String> names(List<Hit> hits) {
        return hits.stream().map(hit -> hit.sample().name()).toList();
    }

    @ParameterizedTest
    @EnumSource(Comparison.class)
    void findsWhatTheCosinesOfAllVectorsSay(Comparison space) {
        Path path = folder.resolve("index");
        TestVectors.index(path, 200, space).close();
        try (VectorIndex index = VectorIndex.open(path)) {
            assertThat(index.size()).isEqualTo(200);
            float[] query = TestVectors.vector(1_000);
            float[] unit = index.compared(query);
            assertThat(dot(unit, unit)).isCloseTo(1, within(1e-5));
            List<String> expected = index.samples().stream()
                    .sorted(Comparator.comparingDouble(sample -> -dot(unit, index.compared(sample))))
                    .limit(10)
                    .map(IndexedSample::name)
                    .toList();
            assertThat(names(index.search(query, 10))).isEqualTo(expected);
            float[][] many = new float[6][];
            Arrays.fill(many, unit);
            assertThat(index.searchAll(many, 10))
                    .allSatisfy(hits -> assertThat(names(hits)).isEqualTo(expected));
        }
    }

    /** Of a whitened collection, the vectors have covariance 1; seen here by the mean of the squares along any direction. */
    @Test
    void centeringAndWhiteningTakeOutWhatAllHaveInCommon() {
        Map<Comparison, Double> means = new EnumMap<>(Comparison.class);
        for (Comparison space : Comparison.values()) {
            try (VectorIndex index = TestVectors.index(folder.resolve(space.name()), 200, space)) {
                double sum = 0;
                for (IndexedSample one : index.samples()) {
                    sum += dot(
                                    index.compared(one),
                                    index.compared(index.samples().get(0)))
                            / 200;
                }
                means.put(space, sum);
            }
        }
        assertThat(means.get(Comparison.RAW)).isGreaterThan(0.9);
        assertThat(means.get(Comparison.CENTERED)).isCloseTo(0, within(0.1));
        assertThat(means.get(Comparison.WHITENED)).isCloseTo(0, within(0.1));
    }

    @Test
    void samplesAreReplacedAndRemovedAndTheirPicturesAndLabelsKept() {
        Path path = folder.resolve("index");
        try (VectorIndex index = TestVectors.index(path, 20, Comparison.RAW)) {
            NewSample changed =
                    new NewSample("folder/3.png", null, "other", 7, "other", new byte[] {9}, TestVectors.vector(100));
            assertThat(index.add(changed)).isTrue();
            assertThat(index.remove("folder/4.png")).isTrue();
            assertThat(index.remove("folder/4.png")).isFalse();
            assertThat(index.size()).isEqualTo(19);
            index.commit();
        }
        try (VectorIndex index = VectorIndex.open(path)) {
            assertThat(index.size()).isEqualTo(19);
            assertThat(index.named("folder/4.png")).isNull();
            IndexedSample third = index.named("folder/3.png");
            assertThat(third).isNotNull();
            assertThat(third.label()).isNull();
            assertThat(third.hash()).isEqualTo("other");
            assertThat(index.picture(third)).containsExactly(9);
            assertThat(index.vector(third)).containsExactly(TestVectors.vector(100));
            assertThat(index.numbered(third.id())).isEqualTo(third);
            IndexedSample fifth = index.named("folder/5.png");
            assertThat(fifth).isNotNull();
            assertThat(index.picture(fifth)).containsExactly(5, 1, 2);
            assertThat(fifth.label()).isEqualTo("class 5");
            assertThat(names(index.search(TestVectors.vector(4), 19)))
                    .doesNotContain("folder/4.png")
                    .hasSize(19);
            assertThat(index.search(fifth, 18))
                    .hasSize(18)
                    .allSatisfy(hit -> assertThat(hit.sample()).isNotEqualTo(fifth));
        }
        try (VectorIndex index = VectorIndex.change(path)) {
            index.removeUnder("folder");
            index.finish();
            assertThat(index.size()).isZero();
            assertThat(index.search(TestVectors.vector(1), 3)).isEmpty();
            assertThatThrownBy(() -> index.removeUnder("folder")).hasMessageContaining("has no sample 'folder'");
        }
    }

    @Test
    void vectorsThatAreZeroOrNotFiniteAreLeftOutAndCounted() {
        try (VectorIndex index = VectorIndex.change(folder.resolve("index"), TestVectors.info(Comparison.CENTERED))) {
            float[] infinite = TestVectors.vector(1);
            infinite[3] = Float.POSITIVE_INFINITY;
            for (float[] vector : List.of(new float[TestVectors.WIDTH], infinite)) {
                assertThat(index.add(new NewSample("bad", null, "", 0, "", new byte[0], vector)))
                        .isFalse();
            }
            assertThat(index.leftOut()).isEqualTo(2);
            assertThat(index.add(TestVectors.sample(1))).isTrue();
            index.finish();
            assertThat(index.size()).isEqualTo(1);
            assertThat(index.search(TestVectors.vector(2), 3)).hasSize(1);
            assertThatThrownBy(() -> index.search(infinite, 3))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("not finite");
            assertThatThrownBy(() -> index.search(new float[3], 3)).hasMessageContaining("has 3 numbers");
        }
    }

    /** The graph finds nearly all, rows that came after it are searched too, and rows that are gone are not found. */
    @Test
    void aGraphFindsTheNeighboursAndFollowsChanges() {
        Path path = folder.resolve("index");
        try (VectorIndex index = VectorIndex.change(path, TestVectors.info(Comparison.CENTERED))) {
            for (int i = 0; i < 600; i++) {
                index.add(TestVectors.sample(i));
            }
            index.finish(500);
            assertThat(index.approximate()).isTrue();
        }
        try (VectorIndex index = VectorIndex.change(path)) {
            assertThat(index.approximate()).isTrue();
            int found = 0;
            for (int q = 0; q < 20; q++) {
                float[] query = TestVectors.vector(5_000 + q);
                List<String> exact = names(index.searchAll(new float[][] {index.compared(query)}, 10)
                        .get(0));
                found += (int) names(index.search(query, 10)).stream()
                        .filter(exact::contains)
                        .count();
            }
            assertThat(found).isGreaterThan(195);
            index.add(TestVectors.sample(700));
            index.remove("folder/8.png");
            index.commit();
            assertThat(names(index.search(TestVectors.vector(700), 5)).get(0)).isEqualTo("folder/700.png");
            assertThat(names(index.search(TestVectors.vector(8), 5))).doesNotContain("folder/8.png");
            for (int i = 20; i < 600; i++) {
                index.remove("folder/" + i + ".png");
            }
            assertThat(index.search(TestVectors.vector(8), 20)).hasSize(20);
            index.finish(500);
            assertThat(index.approximate()).isFalse();
            assertThat(index.search(TestVectors.vector(8), 20)).hasSize(20);
        }
    }

    @Test
    void whatIsMadeFromTheVectorsIsMadeAgainWhenItIsGone() throws Exception {
        Path path = folder.resolve("index");
        TestVectors.index(path, 50, Comparison.WHITENED).close();
        List<String> before;
        try (VectorIndex index = VectorIndex.open(path)) {
            before = names(index.search(TestVectors.vector(99), 10));
        }
        Files.write(path.resolve("space.bin"), new byte[] {1, 2, 3});
        try (VectorIndex index = VectorIndex.open(path)) {
            assertThat(names(index.search(TestVectors.vector(99), 10))).isEqualTo(before);
        }
    }

    @Test
    void refusesWhatIsNoIndexOrOfAnotherModelOrHeldByAnother() {
        assertThatThrownBy(() -> VectorIndex.open(folder))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("is not an index: it has no index.json");
        Path path = folder.resolve("index");
        try (VectorIndex index = TestVectors.index(path, 3, Comparison.RAW)) {
            assertThat(index.size()).isEqualTo(3);
            assertThatThrownBy(() -> VectorIndex.change(path)).hasMessageContaining("another process is changing");
        }
        IndexInfo other = new IndexInfo(
                IndexInfo.FORMAT,
                "image",
                "images",
                TestVectors.WIDTH,
                "runs/x",
                "teacher",
                "another",
                Comparison.RAW,
                "/");
        assertThatThrownBy(() -> VectorIndex.change(path, other)).hasMessageContaining("vectors of another model");
    }

    @Test
    void theBestOfManyAreKeptInOrder() {
        BestHits best = new BestHits(5);
        IntStream.range(0, 1000).map(i -> i * 7919 % 1000).forEach(i -> best.add((float) Math.floor(i / 2.0), i));
        assertThat(best.sorted())
                .containsExactly(
                        new RowScore(998, 499),
                        new RowScore(999, 499),
                        new RowScore(996, 498),
                        new RowScore(997, 498),
                        new RowScore(994, 497));
    }
}
