package org.data2vec4j.image.data.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.data2vec4j.core.Rng;
import org.data2vec4j.core.UserException;
import org.junit.jupiter.api.Test;

class MixingTest {
    private static final int SIDE = 8;
    private static final int LENGTH = 3 * SIDE * SIDE;

    /** Picture i has the value i everywhere. */
    private static float[] flat(int samples) {
        float[] pixels = new float[samples * LENGTH];
        for (int i = 0; i < samples; i++) {
            Arrays.fill(pixels, i * LENGTH, (i + 1) * LENGTH, i);
        }
        return pixels;
    }

    @Test
    void laidOverEachOtherAPictureHasBothByTheirShares() {
        Mixing mixing = new Mixing(0.8, 0, 1, 0.5);
        for (int seed = 0; seed < 50; seed++) {
            float[] pixels = flat(5);
            double own = mixing.apply(pixels, 5, SIDE, Rng.of(seed));
            assertThat(own).isBetween(0.0, 1.0);
            for (int i = 0; i < 5; i++) {
                float expected = (float) (own * i + (1 - own) * (4 - i));
                assertThat(pixels[i * LENGTH]).isCloseTo(expected, within(1e-5f));
                assertThat(pixels[(i + 1) * LENGTH - 1]).isCloseTo(expected, within(1e-5f));
            }
        }
    }

    @Test
    void aBoxOfTheOtherCoversExactlyItsShare() {
        Mixing mixing = new Mixing(0, 1, 1, 0.5);
        for (int seed = 0; seed < 50; seed++) {
            float[] pixels = flat(4);
            double own = mixing.apply(pixels, 4, SIDE, Rng.of(seed));
            for (int i = 0; i < 4; i++) {
                int kept = 0;
                for (int k = i * LENGTH; k < (i + 1) * LENGTH; k++) {
                    assertThat(pixels[k]).isIn((float) i, 3f - i);
                    kept += pixels[k] == i ? 1 : 0;
                }
                assertThat((double) kept / LENGTH).isCloseTo(own, within(1e-9));
            }
        }
    }

    @Test
    void theBoxIsTheSameInAllColoursAndOneRectangle() {
        float[] pixels = flat(2);
        new Mixing(0, 1, 1, 1).apply(pixels, 2, SIDE, Rng.of(3));
        for (int k = 0; k < SIDE * SIDE; k++) {
            assertThat(pixels[k]).isEqualTo(pixels[k + SIDE * SIDE]).isEqualTo(pixels[k + 2 * SIDE * SIDE]);
        }
    }

    @Test
    void labelsFollow() {
        assertThat(Mixing.shares(new int[] {0, 2, 1}, 3, 0.75))
                .containsExactly(0.75f, 0.25f, 0, 0, 0, 1, 0.25f, 0.75f, 0);
    }

    @Test
    void sometimesNothingIsMixed() {
        Mixing mixing = new Mixing(1, 1, 0.5, 0.5);
        int plain = 0;
        for (int seed = 0; seed < 400; seed++) {
            float[] pixels = flat(2);
            double own = mixing.apply(pixels, 2, SIDE, Rng.of(seed));
            if (Arrays.equals(pixels, flat(2))) {
                plain++;
                assertThat(own).isEqualTo(1);
            }
        }
        assertThat(plain).isBetween(160, 250); // half of 400, and boxes that are empty
        assertThat(Mixing.NONE.apply(flat(2), 2, SIDE, Rng.of(1))).isEqualTo(1);
    }

    /** Beta(a, a): mean 1/2, variance 1 / (4 (2a + 1)). */
    @Test
    void sharesHaveTheMomentsOfTheirDistribution() {
        for (double alpha : new double[] {0.2, 0.8, 1, 3}) {
            Rng rng = Rng.of(7);
            double sum = 0;
            double squares = 0;
            int draws = 20_000;
            for (int i = 0; i < draws; i++) {
                double x = Beta.draw(alpha, alpha, rng);
                assertThat(x).isBetween(0.0, 1.0);
                sum += x;
                squares += (x - 0.5) * (x - 0.5);
            }
            assertThat(sum / draws).isCloseTo(0.5, within(0.015));
            assertThat(squares / draws).isCloseTo(1 / (4 * (2 * alpha + 1)), within(0.006));
        }
    }

    @Test
    void erasedBoxesAreNoiseOfTheGivenSizes() {
        RandomErasing erasing = new RandomErasing(1, 0.1, 0.3, 0.5);
        int side = 40;
        for (int seed = 0; seed < 50; seed++) {
            float[] pixels = new float[3 * side * side];
            Arrays.fill(pixels, 5);
            erasing.apply(pixels, 0, side, side, Rng.of(seed));
            int erased = 0;
            for (float value : pixels) {
                erased += value == 5 ? 0 : 1;
            }
            assertThat((double) erased / pixels.length).isBetween(0.08, 0.33);
        }
        float[] pixels = new float[3 * side * side];
        RandomErasing.NONE.apply(pixels, 0, side, side, Rng.of(1));
        assertThat(pixels).containsOnly(0);
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new Mixing(-1, 0, 1, 0.5))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("mixup");
        assertThatThrownBy(() -> new Mixing(0, 0, 2, 0.5)).hasMessageContaining("probability");
        assertThatThrownBy(() -> new RandomErasing(1, 0.5, 0.3, 0.5)).hasMessageContaining("min_area");
        assertThatThrownBy(() -> new RandomErasing(1, 0.1, 0.3, 0)).hasMessageContaining("aspect");
    }
}
