package org.data2vec4j.image.data;

import org.data2vec4j.core.Rng;

/**
 * How a picture of any size becomes one of the model's where nothing is drawn: for vectors, predictions and evaluation.
 */
public sealed interface Preparation extends Crop permits CenterCrop, MiddleBox, ResizeThenCrop {
    /** The picture at the model's size, in whole levels as Pillow resizes; or the picture itself, of which {@link #region} is resized. */
    RgbImage prepare(RgbImage image, ImageSize size);

    /** What is done for another size of the model. */
    Preparation at(ImageSize from, ImageSize to);

    /** What is done, in words. */
    String describe(ImageSize size);

    @Override
    default CropRegion region(int width, int height, ImageSize size, Rng rng) {
        return CropRegion.box(0, 0, size.width(), size.height());
    }
}
