package org.data2vec4j.image.data;

import org.data2vec4j.core.Kind;

/**
 * The largest box of the model's shape in the middle of a picture, resized by Pillow's bicubic kernel to whole levels; what {@code
 * transformers} calls a Perceiver's image processor, whose crop comes before its resizing.
 */
@Kind("middle")
public record MiddleBox() implements Preparation {
    @Override
    public RgbImage prepare(RgbImage image, ImageSize size) {
        CropRegion box = CropRegion.middle(image.width(), image.height(), size, 1, 0, 0);
        return ByteResampler.resize(image, box, size.height(), size.width(), ResampleFilter.BICUBIC);
    }

    @Override
    public Preparation at(ImageSize from, ImageSize to) {
        return this;
    }

    @Override
    public String describe(ImageSize size) {
        return "the middle " + (size.isSquare() ? "square" : "box of the shape " + size) + ", resized (bicubic)";
    }
}
