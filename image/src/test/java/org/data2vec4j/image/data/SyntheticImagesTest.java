package org.data2vec4j.image.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SyntheticImagesTest {
    @Test
    void picturesArePureFunctionsOfSeedAndIndex() {
        SyntheticImages a = new SyntheticImages(20, 24, 5);
        SyntheticImages b = new SyntheticImages(40, 24, 5);
        SyntheticImages other = new SyntheticImages(20, 24, 6);
        for (int i = 0; i < 20; i++) {
            assertThat(a.read(i).rgb())
                    .isEqualTo(b.read(i).rgb())
                    .isNotEqualTo(other.read(i).rgb());
            assertThat(a.label(i)).isEqualTo(b.label(i));
        }
        assertThat(a.fingerprint()).isNotEqualTo(b.fingerprint()).isNotEqualTo(other.fingerprint());
        assertThat(a.fingerprint()).isEqualTo(new SyntheticImages(20, 24, 5).fingerprint());
    }

    @Test
    void colourStatisticsDoNotTellTheClass() {
        for (SyntheticDrawing drawing : SyntheticDrawing.values()) {
            colourStatisticsDoNotTellTheClass(drawing);
        }
    }

    private static void colourStatisticsDoNotTellTheClass(SyntheticDrawing drawing) {
        int n = 1500;
        SyntheticImages images = new SyntheticImages(drawing, 2 * n, 16, 9);
        int classes = images.classes().size();
        double[][] features = new double[2 * n][];
        double[][] centers = new double[classes][6];
        int[] counts = new int[classes];
        for (int i = 0; i < 2 * n; i++) {
            features[i] = colorMoments(images.read(i));
            if (i < n) {
                counts[images.label(i)]++;
                for (int c = 0; c < 6; c++) {
                    centers[images.label(i)][c] += features[i][c];
                }
            }
        }
        for (int k = 0; k < classes; k++) {
            assertThat(counts[k]).as("class %d", k).isBetween(100, 200);
            for (int c = 0; c < 6; c++) {
                centers[k][c] /= counts[k];
            }
        }
        int right = 0;
        for (int i = n; i < 2 * n; i++) {
            right += nearest(features[i], centers) == images.label(i) ? 1 : 0;
        }
        assertThat((double) right / n).as("%s", drawing).isLessThan(0.15); // chance is 0.1
    }

    @Test
    void patternsArePureFunctionsOfSeedAndIndexAndCalledOtherwise() {
        SyntheticImages patterns = new SyntheticImages(SyntheticDrawing.PATTERNS, 20, 24, 5);
        SyntheticImages same = new SyntheticImages(SyntheticDrawing.PATTERNS, 20, 24, 5);
        SyntheticImages shapes = new SyntheticImages(20, 24, 5);
        assertThat(patterns.read(3).rgb())
                .isEqualTo(same.read(3).rgb())
                .isNotEqualTo(shapes.read(3).rgb());
        assertThat(patterns.fingerprint()).isEqualTo(same.fingerprint()).isNotEqualTo(shapes.fingerprint());
        assertThat(patterns.classes())
                .hasSize(10)
                .contains("stripes", "bricks")
                .doesNotContainAnyElementsOf(shapes.classes());
        assertThat(patterns.name(3)).isEqualTo("synthetic-patterns!3");
        assertThat(shapes.name(3)).isEqualTo("synthetic!3");
    }

    @Test
    void patternsCoverHalfOfThePlaneAndDiffer() {
        int side = 240;
        for (SyntheticPattern a : SyntheticPattern.values()) {
            int first = 0;
            for (int i = 0; i < side * side; i++) {
                int row = i / side;
                first += a.first(4.0 * (i % side) / side, 3.0 * row / side) ? 1 : 0;
            }
            assertThat((double) first / (side * side)).as("%s", a).isBetween(0.45, 0.55);
        }
    }

    @Test
    void shapesShareOneAreaAndDiffer() {
        int side = 200;
        for (SyntheticShape a : SyntheticShape.values()) {
            int inside = 0;
            for (int i = 0; i < side * side; i++) {
                inside += a.contains(at(i % side, side), at(i / side, side)) ? 1 : 0;
            }
            assertThat(inside * 9.0 / (side * side)).as("%s", a).isBetween(1.4, 1.6);
            for (SyntheticShape b : SyntheticShape.values()) {
                int different = 0;
                for (int i = 0; i < side * side; i++) {
                    double x = at(i % side, side);
                    double y = at(i / side, side);
                    different += a.contains(x, y) != b.contains(x, y) ? 1 : 0;
                }
                assertThat(different).isGreaterThanOrEqualTo(a == b ? 0 : side * side / 60);
            }
        }
    }

    private static double at(int place, int side) {
        return ((place + 0.5) / side * 2 - 1) * 1.5;
    }

    private static double[] colorMoments(RgbImage image) {
        double[] moments = new double[6];
        int n = image.width() * image.height();
        for (int i = 0; i < 3 * n; i++) {
            double value = (image.rgb()[i] & 0xFF) / 255.0;
            moments[i % 3] += value / n;
            moments[3 + i % 3] += value * value / n;
        }
        return moments;
    }

    private static int nearest(double[] feature, double[][] centers) {
        int best = 0;
        double least = Double.MAX_VALUE;
        for (int k = 0; k < centers.length; k++) {
            double distance = 0;
            for (int c = 0; c < feature.length; c++) {
                distance += (feature[c] - centers[k][c]) * (feature[c] - centers[k][c]);
            }
            if (distance < least) {
                least = distance;
                best = k;
            }
        }
        return best;
    }
}
