package org.data2vec4j.image.data.augment;

import org.data2vec4j.core.Check;
import org.data2vec4j.core.Rng;

/**
 * Pairs of pictures made into one, with both classes by their shares: laid over each other (Zhang et al., "mixup", 2018) or one put as a
 * box into the other (Yun et al., "CutMix", 2019). All pictures of a batch are mixed alike, each with the one at the mirrored place.
 *
 * @param mixup both parameters of the beta distribution of the shares; 0 to lay none over each other
 * @param cutmix the same for boxes; 0 for no boxes
 * @param probability with which a batch is mixed
 * @param boxes probability of boxes where both are on
 */
public record Mixing(double mixup, double cutmix, double probability, double boxes) {
    /** Nothing is mixed. */
    public static final Mixing NONE = new Mixing(0, 0, 1, 0.5);

    /** Checks the ranges. */
    public Mixing {
        Check.inRange("mixup", mixup, 0, 100);
        Check.inRange("cutmix", cutmix, 0, 100);
        Check.inRange("probability", probability, 0, 1);
        Check.inRange("boxes", boxes, 0, 1);
    }

    /** Whether nothing is ever mixed. */
    public boolean isNone() {
        return probability == 0 || (mixup == 0 && cutmix == 0);
    }

    /**
     * Mixes pictures of a batch in place, each with the one at the mirrored place.
     *
     * @param pixels (B, C, H, W)
     * @param samples B
     * @param width W
     * @return the share of its own picture that each sample keeps: 1 if nothing was mixed
     */
    public double apply(float[] pixels, int samples, int width, Rng rng) {
        if (isNone() || rng.nextDouble() >= probability) {
            return 1;
        }
        boolean box = mixup == 0 || (cutmix > 0 && rng.nextDouble() < boxes);
        double alpha = box ? cutmix : mixup;
        double own = Beta.draw(alpha, alpha, rng);
        return box ? cut(pixels, samples, width, own, rng) : blend(pixels, samples, own);
    }

    private static double blend(float[] pixels, int samples, double own) {
        int length = pixels.length / samples;
        for (int i = 0; i < samples / 2; i++) {
            int a = i * length;
            int b = (samples - 1 - i) * length;
            for (int k = 0; k < length; k++) {
                float first = pixels[a + k];
                float second = pixels[b + k];
                pixels[a + k] = (float) (own * first + (1 - own) * second);
                pixels[b + k] = (float) (own * second + (1 - own) * first);
            }
        }
        return own;
    }

    /** Swaps a box whose sides are √(1 − own) of the picture's, cut off at the border; what it really covers is the other's share. */
    private static double cut(float[] pixels, int samples, int width, double own, Rng rng) {
        int length = pixels.length / samples;
        int rows = length / width; // of all colours
        int height = rows / 3;
        double side = Math.sqrt(1 - own);
        int top = rng.nextInt(height);
        int left = rng.nextInt(width);
        int halfHeight = (int) (height * side) / 2;
        int halfWidth = (int) (width * side) / 2;
        int y0 = Math.max(0, top - halfHeight);
        int y1 = Math.min(height, top + halfHeight);
        int x0 = Math.max(0, left - halfWidth);
        int x1 = Math.min(width, left + halfWidth);
        for (int i = 0; i < samples / 2; i++) {
            for (int row = 0; row < rows; row++) {
                if (row % height >= y0 && row % height < y1) {
                    swap(pixels, i * length + row * width + x0, (samples - 1 - i) * length + row * width + x0, x1 - x0);
                }
            }
        }
        return 1 - (double) (y1 - y0) * (x1 - x0) / ((double) height * width);
    }

    private static void swap(float[] pixels, int a, int b, int count) {
        for (int k = 0; k < count; k++) {
            float kept = pixels[a + k];
            pixels[a + k] = pixels[b + k];
            pixels[b + k] = kept;
        }
    }

    /**
     * The shares of the classes of mixed samples.
     *
     * @param classes of the samples before
     * @param count C, how many classes there are
     * @param own what {@link #apply} gave
     * @return (B, C)
     */
    public static float[] shares(int[] classes, int count, double own) {
        float[] shares = new float[classes.length * count];
        for (int i = 0; i < classes.length; i++) {
            shares[i * count + classes[i]] += (float) own;
            shares[i * count + classes[classes.length - 1 - i]] += (float) (1 - own);
        }
        return shares;
    }
}
