package org.data2vec4j.train.recipe;

import org.data2vec4j.data.image.Augmentation;
import org.data2vec4j.data.image.ColorJitter;
import org.data2vec4j.data.image.Normalization;
import org.data2vec4j.data.image.RandomResizedCrop;

/**
 * How pictures become inputs.
 *
 * @param augmentation crop, flip and colour jitter in training
 * @param normalization the colours' means and deviations
 * @param exifOrientation whether photographs are turned as their camera says
 */
public record ImageInputConfig(Augmentation augmentation, Normalization normalization, boolean exifOrientation) {
    /** The published settings: random resized crops of 20 % to 100 % of the area, flips, ImageNet's normalisation. */
    public static ImageInputConfig defaults() {
        return new ImageInputConfig(
                new Augmentation(RandomResizedCrop.ofScale(0.2, 1), true, ColorJitter.NONE),
                Normalization.IMAGENET,
                false);
    }
}
