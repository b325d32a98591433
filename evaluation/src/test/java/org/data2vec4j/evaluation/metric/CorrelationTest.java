package org.data2vec4j.evaluation.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.data2vec4j.core.Rng;
import org.hipparchus.stat.correlation.PearsonsCorrelation;
import org.hipparchus.stat.correlation.SpearmansCorrelation;
import org.junit.jupiter.api.Test;

class CorrelationTest {
    @Test
    void bothAgreeWithAnotherLibraryTiesIncluded() {
        Rng rng = Rng.of(71);
        for (int i = 0; i < 200; i++) {
            int n = 3 + rng.nextInt(60);
            double[] x = new double[n];
            double[] y = new double[n];
            boolean coarse = i % 2 == 0; // many ties
            for (int j = 0; j < n; j++) {
                x[j] = coarse ? rng.nextInt(4) : 1000 + rng.nextGaussian();
                y[j] = coarse ? rng.nextInt(3) - 1 : 0.3 * x[j] + rng.nextGaussian();
            }
            double pearson = new PearsonsCorrelation().correlation(x, y);
            double spearman = new SpearmansCorrelation().correlation(x, y);
            if (Double.isNaN(pearson)) {
                assertThat(Correlation.pearson(x, y)).isNaN();
            } else {
                assertThat(Correlation.pearson(x, y)).isCloseTo(pearson, within(1e-9));
                assertThat(Correlation.spearman(x, y)).isCloseTo(spearman, within(1e-9));
            }
        }
    }

    @Test
    void byHand() {
        double[] x = {1, 2, 3, 4};
        double[] y = {1, 3, 2, 4};
        assertThat(Correlation.pearson(x, y)).isCloseTo(0.8, within(1e-12));
        assertThat(Correlation.spearman(x, new double[] {1, 900, 20, 1000})).isCloseTo(0.8, within(1e-12));
        assertThat(Correlation.pearson(x, new double[] {8, 6, 4, 2}))
                .isCloseTo(-1, within(1e-12))
                .isGreaterThanOrEqualTo(-1);
        assertThat(Correlation.ranks(new double[] {5, 1, 5, 0, 5})).containsExactly(4, 2, 4, 1, 4);
        assertThat(Correlation.ranks(new double[] {0.0, -0.0})).containsExactly(1.5, 1.5);
    }

    @Test
    void undefinedIsNaN() {
        double[] x = {1, 2, 3};
        assertThat(Correlation.pearson(x, new double[] {0.1, 0.1, 0.1})).isNaN();
        assertThat(Correlation.spearman(new double[] {2, 2, 2}, x)).isNaN();
        assertThat(Correlation.pearson(x, new double[] {1, Double.NaN, 2})).isNaN();
        assertThat(Correlation.spearman(x, new double[] {1, Double.NaN, 2})).isNaN();
        assertThat(Correlation.pearson(new double[] {1}, new double[] {2})).isNaN();
        assertThat(Correlation.pearson(new double[0], new double[0])).isNaN();
        assertThatThrownBy(() -> Correlation.pearson(x, new double[2])).hasMessageContaining("3 predictions");
    }
}
