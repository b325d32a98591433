package org.data2vec4j.image.data.augment;

import org.data2vec4j.core.Check;
import org.data2vec4j.core.Rng;

/**
 * A box of noise in place of a part of the normalised picture (Zhong et al., "Random Erasing Data Augmentation", 2020): standard normal
 * samples, in a box whose area is a share of the picture's and whose height over width is log-uniform between {@code aspect} and its inverse.
 *
 * @param probability with which a picture gets a box; 0 for none
 * @param minArea the smallest share
 * @param maxArea the largest
 * @param aspect the flattest box, above 0 to 1
 */
public record RandomErasing(double probability, double minArea, double maxArea, double aspect) {
    /** No box. */
    public static final RandomErasing NONE = new RandomErasing(0, 0.02, 1.0 / 3, 0.3);

    private static final int TRIES = 10;

    /** Checks the ranges. */
    public RandomErasing {
        Check.inRange("probability", probability, 0, 1);
        Check.inRange("max_area", maxArea, 0.0001, 1);
        Check.inRange("min_area", minArea, 0, maxArea);
        Check.inRange("aspect", aspect, 0.01, 1);
    }

    /** Changes three planes of {@code height}·{@code width} normalised samples that begin at {@code at}. */
    public void apply(float[] pixels, int at, int height, int width, Rng rng) {
        if (rng.nextDouble() >= probability) {
            return;
        }
        for (int i = 0; i < TRIES; i++) {
            double area = rng.nextDouble(minArea, maxArea) * height * width;
            double shape = StrictMath.exp(rng.nextDouble(StrictMath.log(aspect), -StrictMath.log(aspect)));
            int high = (int) Math.round(Math.sqrt(area * shape));
            int wide = (int) Math.round(Math.sqrt(area / shape));
            if (high < height && wide < width) {
                int top = rng.nextInt(height - high + 1);
                int left = rng.nextInt(width - wide + 1);
                for (int row = 0; row < 3 * high; row++) {
                    int y = row / high * height + top + row % high;
                    fill(pixels, at + y * width + left, wide, rng);
                }
                return;
            }
        }
    }

    private static void fill(float[] pixels, int from, int count, Rng rng) {
        for (int i = from; i < from + count; i++) {
            pixels[i] = (float) rng.nextGaussian();
        }
    }
}
