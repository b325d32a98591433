package org.data2vec4j.image.data;

import org.data2vec4j.core.Check;
import org.data2vec4j.core.Rng;

/**
 * Random changes of colour in random order: brightness, contrast and saturation are multiplied by factors uniform in
 * [max(0, 1 − value), 1 + value], and the hue turned by a share of the circle uniform in [−hue, hue]. Samples stay in [0, 1].
 */
public record ColorJitter(double brightness, double contrast, double saturation, double hue) {
    /** No change. */
    public static final ColorJitter NONE = new ColorJitter(0, 0, 0, 0);

    /** Strengths are 0 or more, hue at most ½. */
    public ColorJitter {
        Check.notNegative("brightness", brightness);
        Check.notNegative("contrast", contrast);
        Check.notNegative("saturation", saturation);
        Check.inRange("hue", hue, 0, 0.5);
    }

    /** Whether all strengths are 0. */
    public boolean isNone() {
        return brightness == 0 && contrast == 0 && saturation == 0 && hue == 0;
    }

    /** Changes three planes of {@code plane} samples in [0, 1] that begin at {@code at}. */
    void apply(float[] pixels, int at, int plane, Rng rng) {
        float brightnessFactor = factor(brightness, rng);
        float contrastFactor = factor(contrast, rng);
        float saturationFactor = factor(saturation, rng);
        float turn = (float) rng.nextDouble(-hue, hue);
        for (int step : rng.permutation(4)) {
            switch (step) {
                case 0 -> blendWith(pixels, at, plane, brightnessFactor, 0);
                case 1 -> blendWith(pixels, at, plane, contrastFactor, meanGrey(pixels, at, plane));
                case 2 -> saturate(pixels, at, plane, saturationFactor);
                default -> Hue.turn(pixels, at, plane, turn);
            }
        }
    }

    private static float factor(double strength, Rng rng) {
        return (float) rng.nextDouble(Math.max(0, 1 - strength), 1 + strength);
    }

    private static void blendWith(float[] pixels, int at, int plane, float factor, float other) {
        if (factor == 1) {
            return;
        }
        for (int i = at; i < at + 3 * plane; i++) {
            pixels[i] = clamp(other + factor * (pixels[i] - other));
        }
    }

    private static void saturate(float[] pixels, int at, int plane, float factor) {
        if (factor == 1) {
            return;
        }
        for (int i = at; i < at + plane; i++) {
            float grey = grey(pixels, i, plane);
            for (int c = i; c < i + 3 * plane; c += plane) {
                pixels[c] = clamp(grey + factor * (pixels[c] - grey));
            }
        }
    }

    private static float meanGrey(float[] pixels, int at, int plane) {
        double sum = 0;
        for (int i = at; i < at + plane; i++) {
            sum += grey(pixels, i, plane);
        }
        return (float) (sum / plane);
    }

    /** Luma after ITU-R BT.601. */
    private static float grey(float[] pixels, int i, int plane) {
        return 0.299f * pixels[i] + 0.587f * pixels[i + plane] + 0.114f * pixels[i + 2 * plane];
    }

    private static float clamp(float value) {
        return Math.min(1, Math.max(0, value));
    }
}
