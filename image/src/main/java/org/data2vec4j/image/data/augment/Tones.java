package org.data2vec4j.image.data.augment;

/** Changes of brightness and colour, sample by sample; factors above 1 enlarge, below 1 diminish. */
final class Tones {
    private static final float HALF = 0.5f;
    private static final int VALUES = 255;
    private static final int BYTE = 8;

    private Tones() {}

    /** Inverts the samples that are at least {@code threshold}. */
    static void invert(Planes image, float threshold) {
        for (int i = image.at(); i < image.end(); i++) {
            float value = image.pixels()[i];
            image.pixels()[i] = value >= threshold ? 1 - value : value;
        }
    }

    /** Adds to the samples of the darker half. */
    static void lift(Planes image, float more) {
        for (int i = image.at(); i < image.end(); i++) {
            float value = image.pixels()[i];
            image.pixels()[i] = value < HALF ? Planes.clamp(value + more) : value;
        }
    }

    /** Keeps so many of the eight bits of each sample; 0 makes all black. */
    static void posterize(Planes image, int bits) {
        int mask = VALUES & (VALUES << (BYTE - bits));
        for (int i = image.at(); i < image.end(); i++) {
            image.pixels()[i] = (Math.round(image.pixels()[i] * VALUES) & mask) / (float) VALUES;
        }
    }

    /** Multiplies all samples. */
    static void brighten(Planes image, float factor) {
        for (int i = image.at(); i < image.end(); i++) {
            image.pixels()[i] = Planes.clamp(image.pixels()[i] * factor);
        }
    }

    /** Multiplies the distance from the picture's mean grey. */
    static void contrast(Planes image, float factor) {
        double sum = 0;
        for (int i = 0; i < image.plane(); i++) {
            sum += grey(image, i);
        }
        float mean = (float) (sum / image.plane());
        for (int i = image.at(); i < image.end(); i++) {
            image.pixels()[i] = Planes.clamp(mean + factor * (image.pixels()[i] - mean));
        }
    }

    /** Multiplies the distance from each pixel's grey. */
    static void saturate(Planes image, float factor) {
        for (int i = 0; i < image.plane(); i++) {
            float grey = grey(image, i);
            for (int c = image.at() + i; c < image.end(); c += image.plane()) {
                image.pixels()[c] = Planes.clamp(grey + factor * (image.pixels()[c] - grey));
            }
        }
    }

    /** Multiplies the distance from a blurred picture (3×3, the middle weighing 5 of 13); the border stays. */
    static void sharpen(Planes image, float factor) {
        float[] from = image.copy();
        int width = image.width();
        for (int c = 0; c < 3; c++) {
            for (int y = 1; y < image.height() - 1; y++) {
                for (int x = 1; x < width - 1; x++) {
                    int here = (c * image.height() + y) * width + x;
                    float blurred = blurred(from, here, width);
                    image.pixels()[image.at() + here] = Planes.clamp(blurred + factor * (from[here] - blurred));
                }
            }
        }
    }

    private static float blurred(float[] from, int here, int width) {
        float sum = 4 * from[here];
        for (int row = here - width; row <= here + width; row += width) {
            sum += from[row - 1] + from[row] + from[row + 1];
        }
        return sum / 13;
    }

    /** Luma after ITU-R BT.601. */
    private static float grey(Planes image, int i) {
        int red = image.at() + i;
        int plane = image.plane();
        return 0.299f * image.pixels()[red]
                + 0.587f * image.pixels()[red + plane]
                + 0.114f * image.pixels()[red + 2 * plane];
    }
}
