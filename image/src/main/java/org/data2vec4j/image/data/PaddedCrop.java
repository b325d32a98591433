package org.data2vec4j.image.data;

import org.data2vec4j.core.Check;
import org.data2vec4j.core.Rng;

/**
 * The largest middle part of the output's shape, resized to it, padded by reflection with {@code padding} pixels on each side, of which a random
 * window of the output's size is taken: the usual crop for small pictures. {@code padding} must be below the output's
 * shorter side.
 */
public record PaddedCrop(int padding) implements Crop {
    /** Refuses negative padding. */
    public PaddedCrop {
        Check.inRange("padding", padding, 0, Integer.MAX_VALUE / 4);
    }

    @Override
    public CropRegion region(int width, int height, ImageSize size, Rng rng) {
        Check.inRange("padding", padding, 0, size.shorter() - 1);
        int shiftX = rng.nextInt(2 * padding + 1) - padding;
        int shiftY = rng.nextInt(2 * padding + 1) - padding;
        return CropRegion.middle(width, height, size, 1, shiftX, shiftY);
    }
}
