package org.data2vec4j.image.data;

import org.data2vec4j.core.Check;
import org.data2vec4j.core.Rng;

/**
 * A box of the output's shape in the middle, resized to the output without rounding. What runs are evaluated with whose recipe names no other preparation.
 *
 * @param share its sides as a share of the largest such box's: 1 for that box, 0.875 for the usual 224 of 256 pixels
 */
public record CenterCrop(double share) implements Preparation {
    /** Checks the range. */
    public CenterCrop {
        Check.inRange("share", share, 0.1, 1);
    }

    /** The largest box: one side is resized to the output, the other one cut. */
    public CenterCrop() {
        this(1);
    }

    /** Without settings, the largest box. */
    public static CenterCrop defaults() {
        return new CenterCrop();
    }

    @Override
    public CropRegion region(int width, int height, ImageSize size, Rng rng) {
        return CropRegion.middle(width, height, size, share, 0, 0);
    }

    @Override
    public RgbImage prepare(RgbImage image, ImageSize size) {
        return image;
    }

    @Override
    public Preparation at(ImageSize from, ImageSize to) {
        return this;
    }

    @Override
    public String describe(ImageSize size) {
        return "the middle " + (size.isSquare() ? "square" : "box of the shape " + size)
                + (share == 1 ? "" : ", " + share + " of the largest one's sides")
                + ", resized (bicubic, not rounded)";
    }
}
