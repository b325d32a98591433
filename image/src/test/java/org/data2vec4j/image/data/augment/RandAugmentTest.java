package org.data2vec4j.image.data.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.data2vec4j.core.Rng;
import org.data2vec4j.core.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RandAugmentTest {
    private static final int SIZE = 12;
    private static final int LENGTH = 3 * SIZE * SIZE;

    private static float[] noise(long seed) {
        float[] pixels = new float[LENGTH];
        Rng rng = Rng.of(seed);
        for (int i = 0; i < LENGTH; i++) {
            pixels[i] = rng.nextInt(256) / 255f;
        }
        return pixels;
    }

    private static float[] changed(Operation operation, double level, long seed) {
        float[] pixels = noise(seed);
        operation.apply(new Planes(pixels, 0, SIZE, SIZE), level, Rng.of(seed, 1));
        return pixels;
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    void samplesStayInRangeAndStrongChangesChange(Operation operation) {
        for (int seed = 0; seed < 20; seed++) {
            float[] pixels = changed(operation, 1, seed);
            for (float value : pixels) {
                assertThat(value).isBetween(0f, 1f);
            }
            assertThat(pixels).isNotEqualTo(noise(seed));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Operation.class,
            names = {
                "ROTATE",
                "SOLARIZE_ADD",
                "SATURATION",
                "CONTRAST",
                "BRIGHTNESS",
                "SHARPNESS",
                "SHEAR_X",
                "SHEAR_Y",
                "SHIFT_X",
                "SHIFT_Y"
            })
    void strengthNoughtChangesNothing(Operation operation) {
        float[] before = noise(3);
        float[] after = changed(operation, 0, 3);
        for (int i = 0; i < LENGTH; i++) {
            assertThat(after[i]).isCloseTo(before[i], within(1e-5f));
        }
    }

    @Test
    void onlyTheWindowIsTouched() {
        float[] longer = new float[LENGTH + 20];
        Arrays.fill(longer, 7);
        System.arraycopy(noise(1), 0, longer, 10, LENGTH);
        for (Operation operation : Operation.values()) {
            operation.apply(new Planes(longer, 10, SIZE, SIZE), 0.7, Rng.of(1));
        }
        assertThat(Arrays.copyOf(longer, 10)).containsOnly(7);
        assertThat(Arrays.copyOfRange(longer, LENGTH + 10, LENGTH + 20)).containsOnly(7);
    }

    @Test
    void eachChangeIsWhatItIsCalled() {
        float[] pixels = noise(5);
        assertThat(changed(Operation.INVERT, 0.3, 5)[40]).isEqualTo(1 - pixels[40]);
        float[] solarised = changed(Operation.SOLARIZE, 0.4, 5);
        float[] coarse = changed(Operation.POSTERIZE, 0.5, 5);
        for (int i = 0; i < LENGTH; i++) {
            assertThat(solarised[i]).isEqualTo(pixels[i] >= 0.6f ? 1 - pixels[i] : pixels[i]);
            assertThat(Math.round(coarse[i] * 255)).isEqualTo(Math.round(pixels[i] * 255) & 0xC0);
        }
    }

    @Test
    void equalisedValuesAreSpreadEvenly() {
        float[] dark = new float[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            dark[i] = (i % 16) / 255f;
        }
        Histogram.equalize(new Planes(dark, 0, SIZE, SIZE));
        double mean = 0;
        for (int i = 0; i < SIZE * SIZE; i++) {
            mean += dark[i] / (SIZE * SIZE);
        }
        assertThat(mean).isCloseTo(0.5, within(0.05));
    }

    @Test
    void aShiftByWholePixelsMovesThemExactly() {
        float[] before = noise(9);
        float[] after = before.clone();
        Warp.shift(2, -1).apply(new Planes(after, 0, SIZE, SIZE));
        for (int y = 1; y < SIZE; y++) {
            for (int x = 0; x < SIZE - 2; x++) {
                assertThat(after[y * SIZE + x]).isEqualTo(before[(y - 1) * SIZE + x + 2]);
            }
        }
        assertThat(after[0]).as("what comes from outside is grey").isEqualTo(0.5f);
    }

    @Test
    void aQuarterTurnIsExact() {
        float[] before = noise(9);
        float[] after = before.clone();
        Warp.turn(90).apply(new Planes(after, 0, SIZE, SIZE));
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                assertThat(after[y * SIZE + x]).isCloseTo(before[x * SIZE + SIZE - 1 - y], within(1e-4f));
            }
        }
    }

    @Test
    void isAFunctionOfTheKeyAndOffMeansUnchanged() {
        RandAugment augment = new RandAugment(2, 9, 0.5, 1);
        float[] one = noise(2);
        float[] two = noise(2);
        augment.apply(one, 0, SIZE, SIZE, Rng.of(4));
        augment.apply(two, 0, SIZE, SIZE, Rng.of(4));
        assertThat(one).isEqualTo(two).isNotEqualTo(noise(2));
        RandAugment.NONE.apply(two, 0, SIZE, SIZE, Rng.of(5));
        assertThat(two).isEqualTo(one);
        new RandAugment(5, 9, 0, 0).apply(two, 0, SIZE, SIZE, Rng.of(5));
        assertThat(two).isEqualTo(one);
    }

    /** What is done to the columns of a rectangle is done to the rows of the same one on its side. */
    @Test
    void rectanglesAreChangedAsTheyLie() {
        Map<Operation, Operation> sideways = new EnumMap<>(Map.of(
                Operation.SHIFT_X, Operation.SHIFT_Y,
                Operation.SHIFT_Y, Operation.SHIFT_X,
                Operation.SHEAR_X, Operation.SHEAR_Y,
                Operation.SHEAR_Y, Operation.SHEAR_X));
        int height = 6;
        int width = 11;
        Rng rng = Rng.of(3);
        float[] picture = new float[3 * height * width];
        for (int i = 0; i < picture.length; i++) {
            picture[i] = (float) rng.nextDouble();
        }
        for (Operation operation : Operation.values()) {
            if (operation != Operation.ROTATE) {
                float[] lying = picture.clone();
                operation.apply(new Planes(lying, 0, height, width), 0.6, Rng.of(4));
                float[] standing = turned(picture, height, width);
                Operation other = sideways.getOrDefault(operation, operation);
                other.apply(new Planes(standing, 0, width, height), 0.6, Rng.of(4));
                assertThat(turned(standing, width, height))
                        .as("%s", operation)
                        .containsExactly(lying, Offset.offset(1e-5f));
            }
        }
        float[] about = picture.clone();
        Warp.turn(180).apply(new Planes(about, 0, height, width));
        for (int i = 0; i < height * width; i++) {
            assertThat(about[i]).isCloseTo(picture[height * width - 1 - i], Offset.offset(1e-4f));
        }
    }

    private static float[] turned(float[] picture, int height, int width) {
        float[] turned = new float[picture.length];
        for (int i = 0; i < picture.length; i++) {
            int c = i / (height * width);
            int y = i / width % height;
            turned[(c * width + i % width) * height + y] = picture[i];
        }
        return turned;
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new RandAugment(-1, 9, 0, 1))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("count");
        assertThatThrownBy(() -> new RandAugment(2, 11, 0, 1)).hasMessageContaining("magnitude");
        assertThatThrownBy(() -> new RandAugment(2, 9, -1, 1)).hasMessageContaining("std");
        assertThatThrownBy(() -> new RandAugment(2, 9, 0, 2)).hasMessageContaining("probability");
    }
}
