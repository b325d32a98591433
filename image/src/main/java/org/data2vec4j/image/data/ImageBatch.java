package org.data2vec4j.image.data;

import org.data2vec4j.data.Batch;
import org.data2vec4j.data.LoaderPosition;

/**
 * B transformed pictures as plain arrays. {@code ids}: B sample numbers, the pictures' indexes in the source; {@code labels}: B
 * classes, −1 if unknown; {@code pixels}: B·C·H·W normalised samples, planar; {@code next}: where the following batch begins;
 * {@code skipped}: unusable samples passed over while this batch was filled.
 */
@SuppressWarnings("ArrayRecordComponent") // buffers on their way to a device; never compared
public record ImageBatch(
        long[] ids, int[] labels, int channels, int height, int width, float[] pixels, LoaderPosition next, int skipped)
        implements Batch {
    /** Refuses arrays whose lengths do not agree. */
    public ImageBatch {
        if (labels.length != ids.length || pixels.length != (long) ids.length * channels * height * width) {
            throw new IllegalArgumentException("a batch of " + ids.length + " ids has " + labels.length + " labels and "
                    + pixels.length + " samples of " + channels + "x" + height + "x" + width);
        }
    }
}
