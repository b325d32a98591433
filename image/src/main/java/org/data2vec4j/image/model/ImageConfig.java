package org.data2vec4j.image.model;

import org.data2vec4j.core.Check;
import org.data2vec4j.core.SettingException;
import org.data2vec4j.image.data.ImageSize;
import org.data2vec4j.model.mask.Grid;

/**
 * The images an encoder takes.
 *
 * @param size of images in training; other sizes work too if the patch divides them
 * @param channels colours
 * @param patch side of a patch in pixels
 */
public record ImageConfig(ImageSize size, int channels, int patch) {
    /** Checks the ranges. */
    public ImageConfig {
        Check.inRange("channels", channels, 1, 64);
        Check.positive("patch", patch);
        if (size.height() % patch != 0 || size.width() % patch != 0) {
            throw new SettingException(
                    "patch", "is " + patch + " but size is " + size + "; the patch must divide the size");
        }
    }

    /** Square images. */
    public ImageConfig(int side, int channels, int patch) {
        this(ImageSize.square(side), channels, patch);
    }

    /** The grid of an image's patches. */
    public Grid grid() {
        return new Grid(size.height() / patch, size.width() / patch);
    }
}
