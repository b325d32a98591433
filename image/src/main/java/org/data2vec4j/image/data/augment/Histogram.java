package org.data2vec4j.image.data.augment;

/** Changes that look at how often each of 256 values occurs in a plane, each plane for itself. */
final class Histogram {
    private static final int VALUES = 256;
    private static final int LAST = VALUES - 1;

    private Histogram() {}

    /** Stretches each plane so that its darkest sample is 0 and its brightest 1. */
    static void stretch(Planes image) {
        for (int from = image.at(); from < image.end(); from += image.plane()) {
            float low = 1;
            float high = 0;
            for (int i = from; i < from + image.plane(); i++) {
                low = Math.min(low, image.pixels()[i]);
                high = Math.max(high, image.pixels()[i]);
            }
            if (high > low) {
                for (int i = from; i < from + image.plane(); i++) {
                    image.pixels()[i] = (image.pixels()[i] - low) / (high - low);
                }
            }
        }
    }

    /** Makes the values of each plane occur equally often, as far as equal samples allow. */
    static void equalize(Planes image) {
        for (int from = image.at(); from < image.end(); from += image.plane()) {
            int[] counts = new int[VALUES];
            for (int i = from; i < from + image.plane(); i++) {
                counts[value(image.pixels()[i])]++;
            }
            float[] to = equal(counts, image.plane());
            for (int i = from; i < from + image.plane(); i++) {
                image.pixels()[i] = to[value(image.pixels()[i])];
            }
        }
    }

    /** For each value the share of the samples below it, of those that are not of the lowest value. */
    private static float[] equal(int[] counts, int total) {
        int lowest = 0;
        while (counts[lowest] == 0) {
            lowest++;
        }
        int above = total - counts[lowest];
        float[] to = new float[VALUES];
        int sum = -counts[lowest];
        for (int v = 0; v < VALUES; v++) {
            sum += counts[v];
            to[v] = above == 0 ? v / (float) LAST : Math.max(0, sum) / (float) above;
        }
        return to;
    }

    private static int value(float sample) {
        return Math.round(Planes.clamp(sample) * LAST);
    }
}
