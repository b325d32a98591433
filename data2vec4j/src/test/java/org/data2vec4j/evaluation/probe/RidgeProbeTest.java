package org.data2vec4j.evaluation.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.data2vec4j.core.UserException;
import org.data2vec4j.tensor.Native;
import org.data2vec4j.tensor.Scope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RidgeProbeTest {
    private Scope scope;

    @BeforeEach
    void open() {
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    private static RidgeProbe probe(double lambda) {
        return new RidgeProbe(new RidgeConfig(List.of(lambda), 0.2, 0));
    }

    @ParameterizedTest
    @CsvSource({"40,6", "5,9", "2100,3"}) // many samples, more features than samples, more than one chunk
    void agreesWithNaiveNormalEquations(int samples, int width) {
        Features train = TestFeatures.clusters(samples, width, 3, 1, 5);
        double lambda = 0.05;
        LinearClassifier fitted = probe(lambda).fit(train);
        double[][] expected = NaiveRidge.fit(train, lambda);
        for (int c = 0; c < train.classes(); c++) {
            for (int d = 0; d < width; d++) {
                assertThat((double) fitted.weights()[d * train.classes() + c]).isEqualTo(expected[d][c], within(2e-6));
            }
            assertThat((double) fitted.bias()[c]).isEqualTo(expected[width][c], within(2e-6));
        }
    }

    @Test
    void bothFormsGiveTheSameMinimiserOnASubset() {
        Features all = TestFeatures.clusters(60, 12, 3, 1, 5);
        Features some = all.select(new int[] {3, 1, 4, 15, 9, 26, 5, 35, 8, 59});
        Standardization standard = Standardization.of(all.features_ND()); // not centred on the subset
        RidgeSystem.Solution primal = RidgeSystem.Primal.of(some, standard, 3).solve(0.1);
        RidgeSystem.Solution dual = RidgeSystem.Dual.of(some, standard, 3).solve(0.1);
        double difference =
                primal.weights_DC().sub(dual.weights_DC()).abs().sum().item();
        assertThat(difference).isLessThan(1e-9);
        assertThat(primal.bias_1C().sub(dual.bias_1C()).abs().sum().item()).isLessThan(1e-9);
    }

    @Test
    void doesNotDependOnTheScaleOrOffsetOfFeatures() {
        Features train = TestFeatures.clusters(200, 4, 3, 1, 1);
        Features test = TestFeatures.clusters(300, 4, 3, 1, 2);
        int[] plain = new RidgeProbe(RidgeConfig.DEFAULT).fit(train).predict(test);
        int[] scaled = new RidgeProbe(RidgeConfig.DEFAULT).fit(scaled(train)).predict(scaled(test));
        assertThat(scaled).containsExactly(plain);
    }

    private static Features scaled(Features features) {
        float[] values = features.features_ND().toFloats();
        for (int i = 0; i < values.length; i++) {
            values[i] = values[i] * (i % 4 == 0 ? 4096 : 0.001f) + (i % 4 == 1 ? 0.5f : 0);
        }
        return TestFeatures.of(values, 4, features.labels());
    }

    @Test
    void separatesWhatIsSeparableAndGuessesWhatIsNot() {
        RidgeProbe probe = new RidgeProbe(RidgeConfig.DEFAULT);
        Features apart = TestFeatures.clusters(300, 16, 5, 10, 1);
        assertThat(probe.fit(apart)
                        .score(TestFeatures.clusters(100, 16, 5, 10, 2))
                        .percent())
                .isEqualTo(100);
        Features noise = TestFeatures.clusters(500, 16, 5, 0, 1);
        assertThat(probe.fit(noise)
                        .score(TestFeatures.clusters(1000, 16, 5, 0, 2))
                        .percent())
                .isBetween(15.0, 25.0);
    }

    @Test
    void heldOutSamplesChooseAStrongPenaltyWhereFeaturesAreManyAndNoisy() {
        Features few = TestFeatures.clusters(60, 50, 2, 0.25, 1);
        Features test = TestFeatures.clusters(2000, 50, 2, 0.25, 2);
        LinearClassifier chosen = new RidgeProbe(RidgeConfig.DEFAULT).fit(few);
        assertThat(chosen.lambda()).isGreaterThan(1e-5);
        assertThat(chosen.score(test).correct())
                .isGreaterThan(probe(1e-5).fit(few).score(test).correct());
    }

    @Test
    void ignoresFeaturesThatDoNotVaryAndSamplesWithoutAClass() {
        float[] values = {1, 0.1f, 9, 2, 0.1f, 9, -1, 0.1f, 9, -2, 0.1f, 9, 50, 0.1f, 9};
        Features train = TestFeatures.of(values, 3, 0, 0, 1, 1, -1);
        LinearClassifier fitted = new RidgeProbe(RidgeConfig.DEFAULT).fit(train);
        assertThat(fitted.predict(TestFeatures.of(new float[] {3, 7, -4, -3, -7, 90}, 3, -1, -1)))
                .containsExactly(0, 1);
        assertThatThrownBy(() -> new RidgeProbe(RidgeConfig.DEFAULT).fit(TestFeatures.of(new float[2], 1, -1, 0)))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("got 1 of 2");
        assertThatThrownBy(() -> fitted.predict(TestFeatures.of(new float[2], 2, 0)))
                .hasMessageContaining("2 features, not 3");
    }

    @Test
    void repeatsExactlyAndKeepsNoNativeMemory() {
        Features train = TestFeatures.clusters(100, 8, 3, 1, 1);
        RidgeProbe probe = new RidgeProbe(RidgeConfig.DEFAULT);
        LinearClassifier first = probe.fit(train);
        long before = Native.livePointers();
        LinearClassifier second = probe.fit(train);
        second.predict(train);
        assertThat(Native.livePointers()).isLessThanOrEqualTo(before);
        assertThat(second.weights()).containsExactly(first.weights());
        assertThat(second.lambda()).isEqualTo(first.lambda());
    }

    @Test
    void refusesBadSettings() {
        assertThatThrownBy(() -> new RidgeConfig(List.of(), 0.2, 0)).hasMessageContaining("lambdas is empty");
        assertThatThrownBy(() -> new RidgeConfig(List.of(0.0), 0.2, 0)).hasMessageContaining("lambdas is 0");
        assertThatThrownBy(() -> new RidgeConfig(List.of(1.0), 0.95, 0)).hasMessageContaining("held_out");
    }
}
