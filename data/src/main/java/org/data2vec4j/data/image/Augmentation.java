package org.data2vec4j.data.image;

/** The random changes to a picture, in this order: crop and resize, mirror left and right with probability ½, colour jitter. */
public record Augmentation(Crop crop, boolean flip, ColorJitter jitter) {
    /** The centre crop alone: the same picture each time. */
    public static final Augmentation EVALUATION = new Augmentation(new CenterCrop(), false, ColorJitter.NONE);
}
