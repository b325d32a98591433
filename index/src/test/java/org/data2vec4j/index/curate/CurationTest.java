package org.data2vec4j.index.curate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.data2vec4j.core.Rng;
import org.data2vec4j.index.Comparison;
import org.data2vec4j.index.IndexInfo;
import org.data2vec4j.index.IndexedSample;
import org.data2vec4j.index.NewSample;
import org.data2vec4j.index.VectorIndex;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five clusters of 40, with planted near-duplicates, an outlier and wrong labels. */
class CurationTest {
    private static final int WIDTH = 16;
    private static final int CLUSTERS = 5;
    private static final int SAMPLES = 200;
    private static final Set<String> WRONG = Set.of("3", "50", "111");

    @TempDir
    Path folder;

    private VectorIndex index;

    private static float[] vector(int number, double own) {
        Rng cluster = Rng.of(1, number % CLUSTERS);
        Rng rng = Rng.of(2, number);
        float[] vector = new float[WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            vector[i] = (float) (cluster.nextGaussian() + own * rng.nextGaussian());
        }
        return vector;
    }

    private void add(String name, float[] vector, String label, String hash, long bytes) {
        index.add(new NewSample(name, label, hash, bytes, name, new byte[0], vector));
    }

    @BeforeEach
    void fills() {
        index = VectorIndex.change(
                folder.resolve("index"),
                new IndexInfo(IndexInfo.FORMAT, "image", "images", WIDTH, "run", "student", "m", Comparison.RAW, "/"));
        for (int i = 0; i < SAMPLES; i++) {
            String name = Integer.toString(i);
            int label = WRONG.contains(name) ? (i + 2) % CLUSTERS : i % CLUSTERS;
            add(name, vector(i, 0.6), "class " + label, "hash " + i, 100);
        }
        for (int i = 0; i < 3; i++) { // of number 7, nearly; the last has the largest file
            float[] near = vector(7, 0.6);
            near[i] += 0.01f;
            add("near " + i, near, "class 2", "near " + i, 101 + i);
        }
        float[] far = vector(1, 0.6);
        for (int i = 0; i < WIDTH; i++) {
            far[i] = -2 * far[i];
        }
        add("far", far, "class 1", "far", 100);
        add("same content", vector(60, 0.6), "class 0", "hash 60", 100);
        index.finish();
    }

    @AfterEach
    void closes() {
        index.close();
    }

    @Test
    void neighboursAreOfOtherSamplesAndExact() {
        Neighbourhood all = Neighbourhood.of(index, 5);
        for (int i = 0; i < all.samples().size(); i++) {
            IndexedSample sample = all.samples().get(i);
            assertThat(all.neighbours().get(i))
                    .hasSize(5)
                    .allMatch(hit -> hit.sample().id() != sample.id());
        }
    }

    @Test
    void plantedDuplicatesAreGroupedAndTheLargestFileIsKept() {
        List<Duplicates.Group> groups = Duplicates.of(Neighbourhood.of(index, 10), 0.999);
        assertThat(groups).hasSize(2);
        assertThat(groups.get(0).keep().name()).isEqualTo("near 2");
        assertThat(groups.get(0).others().stream().map(IndexedSample::name)).containsExactly("7", "near 0", "near 1");
        assertThat(groups.get(1).keep().name()).isEqualTo("60");
        assertThat(groups.get(1).others().stream().map(IndexedSample::name)).containsExactly("same content");
        assertThat(groups.get(1).least()).isEqualTo(1);
    }

    @Test
    void thePlantedOutlierIsFirst() {
        List<Outliers.Outlier> found = Outliers.of(Neighbourhood.of(index, 10), 3);
        assertThat(found).hasSize(3);
        assertThat(found.get(0).sample().name()).isEqualTo("far");
        assertThat(found.get(0).distance()).isGreaterThan(found.get(1).distance());
    }

    @Test
    void plantedWrongLabelsAreFound() {
        List<DoubtfulLabels.Doubt> doubts = DoubtfulLabels.of(Neighbourhood.of(index, 10), 0.6);
        assertThat(doubts.stream().map(doubt -> doubt.sample().name()).filter(WRONG::contains))
                .hasSize(WRONG.size());
        assertThat(doubts)
                .hasSizeLessThan(3 * WRONG.size())
                .allSatisfy(doubt -> assertThat(doubt.share()).isBetween(0.6, 1.0));
        DoubtfulLabels.Doubt third = doubts.stream()
                .filter(doubt -> doubt.sample().name().equals("3"))
                .findFirst()
                .orElseThrow();
        assertThat(third.suggested()).isEqualTo("class 3");
    }

    @Test
    void selectionsCoverTheClustersAndRepeat() {
        for (Selection selection : Selection.values()) {
            List<IndexedSample> chosen = selection.of(index, 12, 4);
            assertThat(chosen).hasSize(12).doesNotHaveDuplicates().isEqualTo(selection.of(index, 12, 4));
            Set<Integer> clusters = chosen.stream()
                    .map(IndexedSample::name)
                    .filter(name -> name.matches("\\d+"))
                    .map(name -> Integer.parseInt(name) % CLUSTERS)
                    .collect(Collectors.toSet());
            assertThat(clusters).as(selection.name()).hasSize(CLUSTERS);
            assertThat(selection.of(index, 10_000, 1)).hasSize(index.size());
        }
        assertThat(Selection.K_CENTER.of(index, 3, 0).stream().map(IndexedSample::name))
                .contains("far");
    }

    @Test
    void neighboursInManyDimensionsAreNearOnTheMap() {
        CollectionMap map = CollectionMap.of(index);
        assertThat(map.points()).hasSize(index.size()).allSatisfy(point -> {
            assertThat(point.x()).isBetween(0.0, 1.0);
            assertThat(point.y()).isBetween(0.0, 1.0);
        });
        int same = 0;
        for (CollectionMap.Point point : map.points()) {
            CollectionMap.Point nearest = map.points().stream()
                    .filter(other -> !other.equals(point))
                    .min(Comparator.comparingDouble(other -> Math.hypot(other.x() - point.x(), other.y() - point.y())))
                    .orElseThrow();
            same += Objects.equals(nearest.sample().label(), point.sample().label()) ? 1 : 0;
        }
        assertThat(same).isGreaterThan(map.points().size() * 4 / 5);
    }
}
