package org.data2vec4j.model.modality.image;

import org.data2vec4j.core.Check;
import org.data2vec4j.core.UserException;

/**
 * The images an encoder takes.
 *
 * @param size side in pixels in training; other sizes work too if the patch divides them
 * @param channels colours
 * @param patch side of a patch in pixels
 */
public record ImageConfig(int size, int channels, int patch) {
    /** Checks the ranges. */
    public ImageConfig {
        Check.inRange("image.size", size, 1, 8192);
        Check.inRange("image.channels", channels, 1, 64);
        Check.positive("image.patch", patch);
        if (size % patch != 0) {
            throw new UserException(
                    "image.size is " + size + " but image.patch is " + patch + "; the patch must divide the size");
        }
    }
}
