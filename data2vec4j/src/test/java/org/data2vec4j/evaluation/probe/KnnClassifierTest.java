package org.data2vec4j.evaluation.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.data2vec4j.core.Rng;
import org.data2vec4j.core.UserException;
import org.data2vec4j.tensor.Native;
import org.data2vec4j.tensor.Scope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnnClassifierTest {
    private Scope scope;

    @BeforeEach
    void open() {
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    /** No vote of these is nearer to a tie than 5e-5 of it, no neighbour to the next than 8e-6: ten times what rounding moves. */
    @ParameterizedTest
    @CsvSource({"1,0.07", "5,0.07", "20,1", "20,0.005", "500,0.07"})
    void agreesWithANaiveVote(int k, double temperature) {
        Features bank = TestFeatures.clusters(60, 5, 4, 0.7, 1);
        Features queries = TestFeatures.clusters(1100, 5, 4, 0.7, 2); // more than one batch of queries
        int[] fast = new KnnClassifier(new KnnConfig(k, temperature, KnnSpace.RAW)).predict(bank, queries);
        assertThat(fast).containsExactly(naive(bank, queries, k, temperature));
    }

    private static int[] naive(Features bank, Features queries, int k, double temperature) {
        double[][] rows = unit(bank);
        double[][] asked = unit(queries);
        return Arrays.stream(asked)
                .mapToInt(query -> {
                    double[] similarity = Arrays.stream(rows)
                            .mapToDouble(row -> dot(row, query))
                            .toArray();
                    int[] nearest = IntStream.range(0, rows.length)
                            .boxed()
                            .sorted(Comparator.comparingDouble(i -> -similarity[i]))
                            .limit(k)
                            .mapToInt(i -> i)
                            .toArray();
                    double[] votes = new double[bank.classes()];
                    for (int i : nearest) {
                        votes[bank.labels()[i]] += Math.exp((similarity[i] - similarity[nearest[0]]) / temperature);
                    }
                    return IntStream.range(0, votes.length).reduce(0, (a, b) -> votes[b] > votes[a] ? b : a);
                })
                .toArray();
    }

    private static double[][] unit(Features features) {
        float[] values = features.features_ND().toFloats();
        int width = features.width();
        double[][] rows = new double[features.size()][width];
        for (int i = 0; i < rows.length; i++) {
            for (int d = 0; d < width; d++) {
                rows[i][d] = values[i * width + d];
            }
            double norm = Math.sqrt(dot(rows[i], rows[i]));
            for (int d = 0; d < width; d++) {
                rows[i][d] /= norm;
            }
        }
        return rows;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    @Test
    void separatesWhatIsSeparableAndGuessesWhatIsNot() {
        KnnClassifier classifier = new KnnClassifier(KnnConfig.DEFAULT);
        Score apart =
                classifier.score(TestFeatures.clusters(200, 16, 5, 10, 1), TestFeatures.clusters(100, 16, 5, 10, 2));
        assertThat(apart.percent()).isEqualTo(100);
        Score noise =
                classifier.score(TestFeatures.clusters(500, 16, 5, 0, 1), TestFeatures.clusters(1000, 16, 5, 0, 2));
        assertThat(noise.percent()).isBetween(15.0, 25.0);
    }

    @Test
    void unknownClassesNeitherVoteNorCount() {
        Features bank = TestFeatures.of(new float[] {1, 0, 0.9f, 0.1f, 0, 1}, 2, -1, 1, 0);
        Features queries = TestFeatures.of(new float[] {1, 0, 0, 1, 1, 1}, 2, 1, 0, -1);
        Score score = new KnnClassifier(new KnnConfig(1, 0.07, KnnSpace.RAW)).score(bank, queries);
        assertThat(score.percent()).isEqualTo(100);
        assertThat(score.total()).isEqualTo(2);
        assertThat(score.excluded()).isEqualTo(1);
        Features unknown = TestFeatures.of(new float[] {1, 0}, 2, -1);
        assertThatThrownBy(() -> new KnnClassifier(KnnConfig.DEFAULT).predict(unknown, queries))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("none of the 1 samples");
    }

    @Test
    void findsNeighboursNearestFirst() {
        Features bank = TestFeatures.of(new float[] {0, 1, 1, 0, 1, 1}, 2, 0, 1, 1);
        List<Neighbours.Query> found = Neighbours.find(bank, TestFeatures.of(new float[] {3, 0.1f}, 2, 1), 9);
        assertThat(found).hasSize(1);
        assertThat(found.get(0).neighbours())
                .extracting(Neighbours.Neighbour::id)
                .containsExactly(1L, 2L, 0L);
        assertThat(found.get(0).neighbours())
                .extracting(Neighbours.Neighbour::sameClass)
                .containsExactly(true, true, false);
        assertThat(found.get(0).neighbours().get(0).similarity()).isBetween(0.99, 1.0);
    }

    @Test
    void inWhitenedSpaceNeitherAMeanNorAStrongDirectionDecides() {
        KnnConfig whitened = new KnnConfig(20, 0.07, KnnSpace.WHITENED);
        Features bank = TestFeatures.clusters(600, 5, 3, 1, 1);
        Features queries = TestFeatures.clusters(300, 5, 3, 1, 2);
        double raw = new KnnClassifier(KnnConfig.DEFAULT)
                .score(stretched(bank), stretched(queries))
                .accuracy();
        double better = new KnnClassifier(whitened)
                .score(stretched(bank), stretched(queries))
                .accuracy();
        assertThat(better).isGreaterThan(raw + 0.1);
    }

    /** The same with a large mean, and one more feature that is loud and says nothing. */
    private static Features stretched(Features samples) {
        int width = samples.width();
        float[] values = samples.features_ND().toFloats();
        float[] loud = new float[samples.size() * (width + 1)];
        for (int i = 0; i < samples.size(); i++) {
            for (int d = 0; d < width; d++) {
                loud[i * (width + 1) + d] = values[i * width + d] + 10;
            }
            loud[i * (width + 1) + width] =
                    (float) (80 * Rng.of(7, samples.size(), i).nextGaussian());
        }
        return TestFeatures.of(loud, width + 1, samples.labels());
    }

    @Test
    void keepsNoNativeMemory() {
        Features bank = TestFeatures.clusters(50, 4, 2, 1, 1);
        for (KnnSpace space : KnnSpace.values()) {
            KnnClassifier classifier = new KnnClassifier(new KnnConfig(20, 0.07, space));
            classifier.predict(bank, bank);
            long before = Native.livePointers();
            for (int i = 0; i < 5; i++) {
                classifier.predict(bank, bank);
            }
            assertThat(Native.livePointers()).as("%s", space).isLessThanOrEqualTo(before);
        }
    }

    @Test
    void refusesBadSettings() {
        assertThatThrownBy(() -> new KnnConfig(0, 0.07, KnnSpace.RAW)).hasMessageContaining("k is 0");
        assertThatThrownBy(() -> new KnnConfig(20, 0, KnnSpace.RAW)).hasMessageContaining("temperature is 0");
    }
}
