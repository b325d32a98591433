package org.data2vec4j.image.data;

import org.data2vec4j.core.Rng;

/** How a picture of any size becomes one of the model's: the part of it that is resized, drawn from the sample's random stream. */
public sealed interface Crop permits RandomResizedCrop, PaddedCrop, Preparation {
    /** The part of a picture of {@code width} by {@code height} pixels that fills an output of {@code size}. */
    CropRegion region(int width, int height, ImageSize size, Rng rng);
}
