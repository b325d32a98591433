package org.data2vec4j.image.data;

/**
 * Resizes pictures to 8-bit levels as Pillow does, to the level: columns first and then rows, each pass rounded and clamped, with
 * weights of 22 fractional bits.
 */
final class ByteResampler {
    private static final int FRACTION = 22;

    private ByteResampler() {}

    /** A box of a picture, without its shift, as a picture of a size. */
    static RgbImage resize(RgbImage image, CropRegion box, int height, int width, ResampleFilter filter) {
        RgbImage cut = cut(image, box);
        if (cut.width() == width && cut.height() == height) {
            return cut;
        }
        if (filter == ResampleFilter.NEAREST) {
            return nearest(cut, height, width);
        }
        RgbImage narrowed = cut.width() == width ? cut : narrowed(cut, Weights.of(cut.width(), width, filter), width);
        return narrowed.height() == height
                ? narrowed
                : shortened(narrowed, Weights.of(narrowed.height(), height, filter), height);
    }

    /** A box of a picture, of which what is outside the picture is black. */
    static RgbImage cut(RgbImage image, CropRegion box) {
        if (box.x() == 0 && box.y() == 0 && box.width() == image.width() && box.height() == image.height()) {
            return image;
        }
        byte[] cut = new byte[Math.multiplyExact(3 * box.width(), box.height())];
        int left = Math.max(0, box.x());
        int count = Math.min(image.width(), box.x() + box.width()) - left;
        for (int y = Math.max(0, box.y()); y < Math.min(image.height(), box.y() + box.height()) && count > 0; y++) {
            System.arraycopy(
                    image.rgb(),
                    3 * (y * image.width() + left),
                    cut,
                    3 * ((y - box.y()) * box.width() + left - box.x()),
                    3 * count);
        }
        return new RgbImage(box.width(), box.height(), cut);
    }

    private static RgbImage nearest(RgbImage image, int height, int width) {
        int[] columns = places(image.width(), width);
        int[] rows = places(image.height(), height);
        byte[] out = new byte[3 * height * width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                System.arraycopy(image.rgb(), 3 * (rows[y] * image.width() + columns[x]), out, 3 * (y * width + x), 3);
            }
        }
        return new RgbImage(width, height, out);
    }

    /** Pillow adds the step again and again, so that its rounding is kept. */
    private static int[] places(int from, int to) {
        double step = (double) from / to;
        double place = 0.5 * step;
        int[] places = new int[to];
        for (int i = 0; i < to; i++) {
            places[i] = Math.min(from - 1, (int) place);
            place += step;
        }
        return places;
    }

    private static RgbImage narrowed(RgbImage image, Weights weights, int width) {
        byte[] in = image.rgb();
        byte[] out = new byte[3 * image.height() * width];
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < width; x++) {
                int from = 3 * (y * image.width() + weights.first[x]);
                int to = 3 * (y * width + x);
                for (int c = 0; c < 3; c++) {
                    int sum = 1 << (FRACTION - 1);
                    for (int k = 0; k < weights.count[x]; k++) {
                        sum += (in[from + 3 * k + c] & 0xFF) * weights.values[x * weights.taps + k];
                    }
                    out[to + c] = level(sum);
                }
            }
        }
        return new RgbImage(width, image.height(), out);
    }

    private static RgbImage shortened(RgbImage image, Weights weights, int height) {
        byte[] in = image.rgb();
        int line = 3 * image.width();
        byte[] out = new byte[line * height];
        for (int y = 0; y < height; y++) {
            int from = weights.first[y] * line;
            for (int i = 0; i < line; i++) {
                int sum = 1 << (FRACTION - 1);
                for (int k = 0; k < weights.count[y]; k++) {
                    sum += (in[from + k * line + i] & 0xFF) * weights.values[y * weights.taps + k];
                }
                out[y * line + i] = level(sum);
            }
        }
        return new RgbImage(image.width(), height, out);
    }

    private static byte level(int sum) {
        return (byte) Math.max(0, Math.min(255, sum >> FRACTION));
    }

    /** The weights of one axis: output i sums {@code count[i]} inputs from {@code first[i]} on. */
    private static final class Weights {
        private final int taps;
        private final int[] first;
        private final int[] count;
        private final int[] values;

        private Weights(int outputs, int taps) {
            this.taps = taps;
            this.first = new int[outputs];
            this.count = new int[outputs];
            this.values = new int[outputs * taps];
        }

        static Weights of(int from, int to, ResampleFilter filter) {
            double ratio = (double) from / to;
            double scale = Math.max(1, ratio);
            double support = filter.support() * scale;
            Weights weights = new Weights(to, 2 * (int) Math.ceil(support) + 1);
            double[] row = new double[weights.taps];
            for (int i = 0; i < to; i++) {
                double center = (i + 0.5) * ratio;
                int begin = Math.max(0, (int) (center - support + 0.5));
                int count = Math.min(from, (int) (center + support + 0.5)) - begin;
                double sum = 0;
                for (int k = 0; k < count; k++) {
                    row[k] = filter.kernel((k + begin - center + 0.5) * (1 / scale));
                    sum += row[k];
                }
                weights.first[i] = begin;
                weights.count[i] = count;
                for (int k = 0; k < count; k++) {
                    double value = sum == 0 ? row[k] : row[k] / sum;
                    weights.values[i * weights.taps + k] = (int) (value * (1 << FRACTION) + (value < 0 ? -0.5 : 0.5));
                }
            }
            return weights;
        }
    }
}
