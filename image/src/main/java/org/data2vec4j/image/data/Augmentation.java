package org.data2vec4j.image.data;

import org.data2vec4j.image.data.augment.RandAugment;
import org.data2vec4j.image.data.augment.RandomErasing;

/**
 * The random changes to a picture, in this order: crop and resize, mirror left and right with probability ½, colour jitter, drawn changes
 * of one strength, normalisation, a box of noise.
 */
public record Augmentation(
        Crop crop, boolean flip, ColorJitter jitter, RandAugment randAugment, RandomErasing erasing) {
    /** The centre crop alone: the same picture each time. */
    public static final Augmentation EVALUATION = new Augmentation(new CenterCrop(), false, ColorJitter.NONE);

    /** A preparation alone: the same picture each time. */
    public static Augmentation evaluation(Preparation preparation) {
        return new Augmentation(preparation, false, ColorJitter.NONE);
    }

    /** Crop, mirror and jitter alone: what pre-training uses. */
    public Augmentation(Crop crop, boolean flip, ColorJitter jitter) {
        this(crop, flip, jitter, RandAugment.NONE, RandomErasing.NONE);
    }
}
