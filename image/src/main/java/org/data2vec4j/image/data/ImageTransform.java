package org.data2vec4j.image.data;

import org.data2vec4j.core.Check;
import org.data2vec4j.core.Rng;

/**
 * From a decoded picture to a model's input: crop, resize, mirror, change colours and shape, normalise, erase; a pure function of picture and random
 * stream. Thread-safe.
 */
public final class ImageTransform {
    private static final float UNIT = 1f / 255;

    private final ImageSize size;
    private final int height;
    private final int width;
    private final Augmentation augmentation;
    private final float[] scale = new float[3];
    private final float[] shift = new float[3];
    private final ThreadLocal<ImageResampler> resampler = ThreadLocal.withInitial(ImageResampler::new);

    /** A transform to pictures of a size; a padding of its shorter side or more throws a UserException. */
    public ImageTransform(ImageSize size, Augmentation augmentation, Normalization normalization) {
        this.size = size;
        this.height = size.height();
        this.width = size.width();
        this.augmentation = augmentation;
        if (augmentation.crop() instanceof PaddedCrop padded) {
            Check.inRange("crop.padding", padded.padding(), 0, size.shorter() - 1);
        }
        for (int c = 0; c < 3; c++) {
            scale[c] = (float) (1 / normalization.std().get(c));
            shift[c] =
                    (float) (-normalization.mean().get(c) / normalization.std().get(c));
        }
    }

    /** The floats of one transformed picture: three planes of height·width. */
    public int length() {
        return 3 * height * width;
    }

    /** Writes the transformed picture, planar (C, H, W), from {@code out[at]} on. */
    public void apply(RgbImage decoded, Rng rng, float[] out, int at) {
        Crop crop = augmentation.crop();
        RgbImage image = crop instanceof Preparation preparation ? preparation.prepare(decoded, size) : decoded;
        CropRegion region = crop.region(image.width(), image.height(), size, rng);
        boolean mirror = augmentation.flip() && rng.nextBoolean();
        int[] columns = places(region.shiftX(), mirror, width);
        int[] rows = places(region.shiftY(), false, height);
        if (region.width() == width && region.height() == height) {
            copy(image, region, columns, rows, out, at);
        } else {
            resize(image, region, columns, rows, out, at);
        }
        if (!augmentation.jitter().isNone()) {
            augmentation.jitter().apply(out, at, height * width, rng);
        }
        augmentation.randAugment().apply(out, at, height, width, rng);
        normalize(out, at);
        augmentation.erasing().apply(out, at, height, width, rng);
    }

    /** For each output place the place in the resized box that it shows. */
    private static int[] places(int offset, boolean mirror, int size) {
        int[] places = new int[size];
        for (int i = 0; i < size; i++) {
            int from = Math.abs((mirror ? size - 1 - i : i) + offset);
            places[i] = from < size ? from : 2 * (size - 1) - from;
        }
        return places;
    }

    private void copy(RgbImage image, CropRegion region, int[] columns, int[] rows, float[] out, int at) {
        byte[] rgb = image.rgb();
        int plane = height * width;
        int to = at;
        for (int y = 0; y < height; y++) {
            int line = (region.y() + rows[y]) * image.width() + region.x();
            for (int x = 0; x < width; x++) {
                int from = 3 * (line + columns[x]);
                out[to] = (rgb[from] & 0xFF) * UNIT;
                out[to + plane] = (rgb[from + 1] & 0xFF) * UNIT;
                out[to + 2 * plane] = (rgb[from + 2] & 0xFF) * UNIT;
                to++;
            }
        }
    }

    private void resize(RgbImage image, CropRegion region, int[] columns, int[] rows, float[] out, int at) {
        float[] resized = new float[length()];
        resampler.get().resize(image, region, height, width, resized, 0);
        int to = at;
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < height; y++) {
                int line = (c * height + rows[y]) * width;
                for (int x = 0; x < width; x++) {
                    out[to++] = resized[line + columns[x]];
                }
            }
        }
    }

    private void normalize(float[] out, int at) {
        int plane = height * width;
        for (int c = 0; c < 3; c++) {
            float factor = scale[c];
            float offset = shift[c];
            for (int i = at + c * plane; i < at + (c + 1) * plane; i++) {
                out[i] = out[i] * factor + offset;
            }
        }
    }
}
