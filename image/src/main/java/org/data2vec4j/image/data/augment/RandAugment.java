package org.data2vec4j.image.data.augment;

import org.data2vec4j.core.Check;
import org.data2vec4j.core.Rng;

/**
 * A few changes of one strength, drawn from fifteen (Cubuk et al., "RandAugment", 2020): contrast, equalised and inverted values, turns,
 * shears, shifts, fewer bits, solarised, more or less colour, brightness and sharpness.
 *
 * @param count how many changes are drawn, the same one more than once if it comes so; 0 for none
 * @param magnitude their strength, 0 to 10
 * @param std of each strength, drawn from a normal distribution around {@code magnitude}
 * @param probability with which each drawn change is made
 */
public record RandAugment(int count, double magnitude, double std, double probability) {
    /** No change. */
    public static final RandAugment NONE = new RandAugment(0, 9, 0.5, 0.5);

    private static final double STRONGEST = 10;
    private static final Operation[] OPERATIONS = Operation.values();

    /** Checks the ranges. */
    public RandAugment {
        Check.inRange("count", count, 0, 100);
        Check.inRange("magnitude", magnitude, 0, STRONGEST);
        Check.notNegative("std", std);
        Check.inRange("probability", probability, 0, 1);
    }

    /** Changes three planes of {@code height}·{@code width} samples in [0, 1] that begin at {@code at}. */
    public void apply(float[] pixels, int at, int height, int width, Rng rng) {
        Planes image = new Planes(pixels, at, height, width);
        for (int i = 0; i < count; i++) {
            Operation operation = OPERATIONS[rng.nextInt(OPERATIONS.length)];
            double strength = magnitude + std * rng.nextGaussian();
            if (rng.nextDouble() < probability) {
                operation.apply(image, Math.min(STRONGEST, Math.max(0, strength)) / STRONGEST, rng);
            }
        }
    }
}
