package org.data2vec4j.image.data.augment;

import org.data2vec4j.core.Rng;

/**
 * The changes that RandAugment chooses from, each stronger at a higher level (those of its "increasing" form, with the strengths that
 * image fine-tuning uses). A level is 0 to 1; samples are 0 to 1 and stay there.
 */
enum Operation {
    AUTO_CONTRAST,
    EQUALIZE,
    INVERT,
    ROTATE,
    POSTERIZE,
    SOLARIZE,
    SOLARIZE_ADD,
    SATURATION,
    CONTRAST,
    BRIGHTNESS,
    SHARPNESS,
    SHEAR_X,
    SHEAR_Y,
    SHIFT_X,
    SHIFT_Y;

    private static final double DEGREES = 30;
    private static final double SHEAR = 0.3;
    private static final double SHIFT = 0.45;
    private static final double FACTOR = 0.9;
    private static final double ADDED = 110 / 255.0;
    private static final int BITS = 4;

    /** Changes a picture; the direction of what has one is drawn. */
    void apply(Planes image, double level, Rng rng) {
        double signed = rng.nextBoolean() ? level : -level;
        float factor = (float) Math.max(0.1, 1 + FACTOR * signed);
        switch (this) {
            case AUTO_CONTRAST -> Histogram.stretch(image);
            case EQUALIZE -> Histogram.equalize(image);
            case INVERT -> Tones.invert(image, 0);
            case ROTATE -> Warp.turn(DEGREES * signed).apply(image);
            case POSTERIZE -> Tones.posterize(image, BITS - (int) (BITS * level));
            case SOLARIZE -> Tones.invert(image, (float) (1 - level));
            case SOLARIZE_ADD -> Tones.lift(image, (float) (ADDED * level));
            case SATURATION -> Tones.saturate(image, factor);
            case CONTRAST -> Tones.contrast(image, factor);
            case BRIGHTNESS -> Tones.brighten(image, factor);
            case SHARPNESS -> Tones.sharpen(image, factor);
            case SHEAR_X -> Warp.shear(SHEAR * signed, 0).apply(image);
            case SHEAR_Y -> Warp.shear(0, SHEAR * signed).apply(image);
            case SHIFT_X -> Warp.shift(SHIFT * signed * image.width(), 0).apply(image);
            case SHIFT_Y -> Warp.shift(0, SHIFT * signed * image.height()).apply(image);
        }
    }
}
