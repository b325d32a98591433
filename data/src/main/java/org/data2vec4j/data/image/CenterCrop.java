package org.data2vec4j.data.image;

import org.data2vec4j.core.Check;
import org.data2vec4j.core.Rng;

/**
 * A square in the middle, resized to the output. For evaluation.
 *
 * @param share its side as a share of the shorter side: 1 for the largest square, 0.875 for the usual 224 of 256 pixels
 */
public record CenterCrop(double share) implements Crop {
    /** Checks the range. */
    public CenterCrop {
        Check.inRange("crop.share", share, 0.1, 1);
    }

    /** The largest square: the shorter side is resized to the output, the longer one cut. */
    public CenterCrop() {
        this(1);
    }

    /** Without settings, the largest square. */
    public static CenterCrop defaults() {
        return new CenterCrop();
    }

    @Override
    public CropRegion region(int width, int height, int size, Rng rng) {
        if (share == 1) {
            return CropRegion.centerSquare(width, height, 0, 0);
        }
        int side = (int) Math.max(1, Math.round(share * Math.min(width, height)));
        return CropRegion.box((width - side) / 2, (height - side) / 2, side, side);
    }
}
