package org.data2vec4j.image.eval;

import org.data2vec4j.evaluation.probe.FeatureBuffer;
import org.data2vec4j.evaluation.probe.Features;
import org.data2vec4j.image.data.ImageBatch;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensors;

/**
 * The control that learned nothing: the normalised pixels themselves as features. Images with a side above {@link #LARGEST_SIDE}
 * are shrunk by averaging, since a probe on 150,528 numbers would cost more than the network.
 */
public final class RawPixels {
    /** The longest side in pixels that is kept as it is. */
    public static final int LARGEST_SIDE = 32;

    private RawPixels() {}

    /**
     * The features (N, C·h·w) of all images of a pass, made in the scope that is open now; the pass gives at least one image.
     *
     * @param capacity the most images that the pass can give
     */
    public static Features extract(Iterable<ImageBatch> batches, int capacity) {
        FeatureBuffer buffer = null;
        for (ImageBatch batch : batches) {
            int height = Math.min(batch.height(), LARGEST_SIDE);
            int width = Math.min(batch.width(), LARGEST_SIDE);
            int length = batch.channels() * height * width;
            buffer = buffer == null ? new FeatureBuffer(capacity, length) : buffer;
            try (Scope scope = Scope.open()) {
                buffer.add(batch.labels(), batch.ids(), Tensors.of(shrunk(batch, height, width), batch.size(), length));
            }
        }
        if (buffer == null) {
            throw new IllegalArgumentException("the pass has no images");
        }
        return buffer.features();
    }

    /** B·C planes of height·width pixels, each the mean of its rectangle of the original. */
    private static float[] shrunk(ImageBatch batch, int height, int width) {
        if (height == batch.height() && width == batch.width()) {
            return batch.pixels();
        }
        int planes = batch.size() * batch.channels();
        float[] small = new float[planes * height * width];
        for (int plane = 0, to = 0; plane < planes; plane++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    small[to++] = mean(batch, plane, span(y, height, batch.height()), span(x, width, batch.width()));
                }
            }
        }
        return small;
    }

    private record Span(int begin, int end) {}

    private static Span span(int place, int places, int length) {
        return new Span(place * length / places, (place + 1) * length / places);
    }

    private static float mean(ImageBatch batch, int plane, Span rows, Span columns) {
        double sum = 0;
        for (int y = rows.begin(); y < rows.end(); y++) {
            int line = (plane * batch.height() + y) * batch.width();
            for (int x = columns.begin(); x < columns.end(); x++) {
                sum += batch.pixels()[line + x];
            }
        }
        return (float) (sum / ((rows.end() - rows.begin()) * (columns.end() - columns.begin())));
    }
}
