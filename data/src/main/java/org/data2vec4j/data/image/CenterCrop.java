package org.data2vec4j.data.image;

import org.data2vec4j.core.Rng;

/** The largest square in the middle: the shorter side is resized to the output, the longer one cut. For evaluation. */
public record CenterCrop() implements Crop {
    @Override
    public CropRegion region(int width, int height, int size, Rng rng) {
        return CropRegion.centerSquare(width, height, 0, 0);
    }
}
