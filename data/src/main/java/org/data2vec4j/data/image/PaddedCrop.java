package org.data2vec4j.data.image;

import org.data2vec4j.core.Check;
import org.data2vec4j.core.Rng;

/**
 * The middle square resized to the output, padded by reflection with {@code padding} pixels on each side, of which a random
 * window of the output's size is taken: the usual crop for small pictures. {@code padding} must be below the output's side.
 */
public record PaddedCrop(int padding) implements Crop {
    /** Refuses negative padding. */
    public PaddedCrop {
        Check.inRange("crop.padding", padding, 0, Integer.MAX_VALUE / 4);
    }

    @Override
    public CropRegion region(int width, int height, int size, Rng rng) {
        Check.inRange("crop.padding", padding, 0, size - 1);
        int shiftX = rng.nextInt(2 * padding + 1) - padding;
        int shiftY = rng.nextInt(2 * padding + 1) - padding;
        return CropRegion.centerSquare(width, height, shiftX, shiftY);
    }
}
