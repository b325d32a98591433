package org.data2vec4j.image.eval;

import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;

/**
 * The control that learned nothing: the normalised pixels themselves as features. Images with a side above {@link #LARGEST_SIDE}
 * are shrunk by averaging, since a probe on 150,528 numbers would cost more than the network.
 */
public final class RawPixels {
    /** The longest side in pixels that is kept as it is. */
    public static final int LARGEST_SIDE = 32;

    private RawPixels() {}

    /** The features (B, C·h·w) of images (B, C, H, W), made in the scope that is open now. */
    public static Tensor of(Tensor images_BCHW) {
        int size = (int) images_BCHW.size(0);
        int channels = (int) images_BCHW.size(1);
        int height = (int) images_BCHW.size(2);
        int width = (int) images_BCHW.size(3);
        int small = Math.min(height, LARGEST_SIDE);
        int narrow = Math.min(width, LARGEST_SIDE);
        float[] pixels = images_BCHW.toFloats();
        float[] values = small == height && narrow == width
                ? pixels
                : shrunk(pixels, size * channels, new Shape(height, width), new Shape(small, narrow));
        return Tensors.of(values, size, (long) channels * small * narrow);
    }

    private record Shape(int height, int width) {}

    /** Planes of fewer pixels, each the mean of its rectangle of the original. */
    private static float[] shrunk(float[] pixels, int planes, Shape from, Shape shape) {
        float[] small = new float[planes * shape.height * shape.width];
        for (int plane = 0, to = 0; plane < planes; plane++) {
            for (int y = 0; y < shape.height; y++) {
                for (int x = 0; x < shape.width; x++) {
                    small[to++] = mean(
                            pixels,
                            plane * from.height,
                            from.width,
                            span(y, shape.height, from.height),
                            span(x, shape.width, from.width));
                }
            }
        }
        return small;
    }

    private record Span(int begin, int end) {}

    private static Span span(int place, int places, int length) {
        return new Span(place * length / places, (place + 1) * length / places);
    }

    private static float mean(float[] pixels, int firstRow, int width, Span rows, Span columns) {
        double sum = 0;
        for (int y = rows.begin(); y < rows.end(); y++) {
            int line = (firstRow + y) * width;
            for (int x = columns.begin(); x < columns.end(); x++) {
                sum += pixels[line + x];
            }
        }
        return (float) (sum / ((rows.end() - rows.begin()) * (columns.end() - columns.begin())));
    }
}
