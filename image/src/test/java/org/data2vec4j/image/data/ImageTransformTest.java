package org.data2vec4j.image.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.data2vec4j.core.Rng;
import org.data2vec4j.core.UserException;
import org.junit.jupiter.api.Test;

class ImageTransformTest {
    private static final Normalization NONE = new Normalization(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));

    @Test
    void resamplingEqualsTheKernelWrittenOutNaively() {
        int[][] boxes = {{40, 30, 3, 2, 33, 25}, {9, 11, 0, 0, 9, 11}, {100, 8, 20, 0, 70, 8}, {16, 16, 0, 0, 16, 5}};
        for (int[] b : boxes) {
            RgbImage image = TestImages.noise(b[0], b[1], b[0]);
            CropRegion region = CropRegion.box(b[2], b[3], b[4], b[5]);
            for (ImageSize size : List.of(ImageSize.square(16), new ImageSize(7, 20))) {
                float[] fast = new float[3 * size.pixels()];
                new ImageResampler().resize(image, region, size.height(), size.width(), fast, 0);
                for (int i = 0; i < fast.length; i++) {
                    int y = i / size.width() % size.height();
                    double expected = naive(image, region, size, i / size.pixels(), y, i % size.width());
                    assertThat((double) fast[i]).isCloseTo(expected, within(2e-5));
                }
            }
        }
    }

    private static double naive(RgbImage image, CropRegion region, ImageSize size, int c, int y, int x) {
        double ratioX = (double) region.width() / size.width();
        double ratioY = (double) region.height() / size.height();
        double sum = 0;
        double weights = 0;
        for (int v = 0; v < region.height(); v++) {
            double wy = ResizeWeights.kernel((v + 0.5 - (y + 0.5) * ratioY) / Math.max(1, ratioY));
            for (int u = 0; u < region.width(); u++) {
                double w = wy * ResizeWeights.kernel((u + 0.5 - (x + 0.5) * ratioX) / Math.max(1, ratioX));
                int at = 3 * ((region.y() + v) * image.width() + region.x() + u) + c;
                sum += w * (image.rgb()[at] & 0xFF) / 255;
                weights += w;
            }
        }
        return Math.min(1, Math.max(0, sum / weights));
    }

    @Test
    void resizingToTheSameSizeChangesNothing() {
        RgbImage image = TestImages.noise(12, 12, 5);
        float[] resized = new float[432];
        new ImageResampler().resize(image, CropRegion.box(0, 0, 12, 12), 12, 12, resized, 0);
        float[] copied = apply(image, 12, Augmentation.EVALUATION, NONE, 0);
        for (int i = 0; i < 432; i++) {
            assertThat(resized[i]).isCloseTo(copied[i], within(1e-6f));
            assertThat(copied[i]).isCloseTo((image.rgb()[3 * (i % 144) + i / 144] & 0xFF) / 255f, within(1e-6f));
        }
    }

    @Test
    void extremeAspectsAndConstantPicturesKeepTheirValue() {
        for (int[] side : new int[][] {{8, 2000}, {2000, 8}, {8, 8}, {33, 7}, {1, 1}}) {
            byte[] rgb = new byte[3 * side[0] * side[1]];
            Arrays.fill(rgb, (byte) 102);
            RgbImage image = new RgbImage(side[0], side[1], rgb);
            for (Crop crop : List.of(new CenterCrop(), RandomResizedCrop.ofScale(0.1, 1), new PaddedCrop(3))) {
                float[] out = apply(image, 20, new Augmentation(crop, true, ColorJitter.NONE), NONE, 1);
                for (float value : out) {
                    assertThat(value).isCloseTo(0.4f, within(1e-5f));
                }
            }
        }
    }

    /** A rectangle shows the middle part of its own shape, and shifts reach its own borders. */
    @Test
    void rectanglesKeepTheirShape() {
        ImageSize flat = new ImageSize(10, 30);
        assertThat(new CenterCrop().region(100, 100, flat, Rng.of(0))).isEqualTo(CropRegion.box(0, 33, 100, 33));
        assertThat(new CenterCrop().region(100, 20, flat, Rng.of(0))).isEqualTo(CropRegion.box(20, 0, 60, 20));
        assertThat(new CenterCrop(0.5).region(90, 30, flat, Rng.of(0))).isEqualTo(CropRegion.box(22, 7, 45, 15));
        assertThat(new CenterCrop(0.875).region(256, 300, ImageSize.square(224), Rng.of(0)))
                .isEqualTo(CropRegion.box(16, 38, 224, 224));

        RgbImage image = TestImages.noise(30, 10, 6);
        Augmentation padded = new Augmentation(new PaddedCrop(4), true, ColorJitter.NONE);
        float[] straight = apply(image, flat, Augmentation.EVALUATION, NONE, 0);
        for (int key = 0; key < 40; key++) {
            CropRegion region = padded.crop().region(30, 10, flat, Rng.of(key));
            float[] out = apply(image, flat, padded, NONE, key);
            int x = region.shiftX() + 15;
            int y = region.shiftY() + 5;
            boolean same = out[5 * 30 + 15] == straight[y * 30 + x];
            boolean mirrored = out[5 * 30 + 14] == straight[y * 30 + x];
            assertThat(same || mirrored).as("key %s", key).isTrue();
        }
    }

    @Test
    void cropBoxesLieInsideThePicture() {
        RandomResizedCrop crop = new RandomResizedCrop(0.08, 1, 0.5, 2);
        Rng sizes = Rng.of(3);
        for (int i = 0; i < 2000; i++) {
            int width = 1 + sizes.nextInt(i % 2 == 0 ? 9 : 300);
            int height = 1 + sizes.nextInt(i % 3 == 0 ? 9 : 300);
            CropRegion box = crop.region(width, height, ImageSize.square(32), Rng.of(7, i));
            assertThat(box.width()).isBetween(1, width);
            assertThat(box.height()).isBetween(1, height);
            assertThat(box.x()).isBetween(0, width - box.width());
            assertThat(box.y()).isBetween(0, height - box.height());
            if (width > 100 && height > 100) {
                double share = (double) box.width() * box.height() / (width * height);
                assertThat(share).isBetween(0.05, 1.0);
            }
        }
    }

    @Test
    void paddedCropShiftsAndReflects() {
        RgbImage image = TestImages.noise(10, 10, 6);
        Augmentation augmentation = new Augmentation(new PaddedCrop(4), false, ColorJitter.NONE);
        boolean shifted = false;
        for (int i = 0; i < 40; i++) {
            CropRegion region = augmentation.crop().region(10, 10, ImageSize.square(10), Rng.of(i));
            assertThat(Math.abs(region.shiftX())).isLessThanOrEqualTo(4);
            shifted |= region.shiftX() != 0;
            float[] out = apply(image, 10, augmentation, NONE, i);
            int x = reflect(region.shiftX());
            int y = reflect(region.shiftY() + 9);
            assertThat(out[90]).isEqualTo((image.rgb()[3 * (10 * y + x)] & 0xFF) * (1f / 255));
        }
        assertThat(shifted).isTrue();
    }

    private static int reflect(int place) {
        int from = Math.abs(place);
        return from < 10 ? from : 18 - from;
    }

    @Test
    void flipMirrorsHalfTheKeysAndAlwaysTheSameOnes() {
        RgbImage image = TestImages.noise(8, 8, 7);
        Augmentation flip = new Augmentation(new CenterCrop(), true, ColorJitter.NONE);
        float[] straight = apply(image, 8, Augmentation.EVALUATION, NONE, 0);
        int mirrored = 0;
        for (int key = 0; key < 200; key++) {
            float[] out = apply(image, 8, flip, NONE, key);
            assertThat(out).isEqualTo(apply(image, 8, flip, NONE, key));
            boolean isMirrored = out[0] == straight[7] && out[1] == straight[6] && out[8] == straight[15];
            assertThat(isMirrored || Arrays.equals(out, straight)).isTrue();
            mirrored += isMirrored ? 1 : 0;
        }
        assertThat(mirrored).isBetween(70, 130);
    }

    @Test
    void jitterStaysInRangeAndDependsOnTheKey() {
        ColorJitter jitter = new ColorJitter(3, 3, 3, 0.5);
        Augmentation augmentation = new Augmentation(new CenterCrop(), false, jitter);
        for (int key = 0; key < 100; key++) {
            for (float value : apply(TestImages.noise(8, 8, key), 8, augmentation, NONE, key)) {
                assertThat(value).isBetween(0f, 1f);
            }
        }
        RgbImage image = TestImages.noise(8, 8, 1);
        assertThat(apply(image, 8, augmentation, NONE, 1)).isNotEqualTo(apply(image, 8, augmentation, NONE, 2));
    }

    @Test
    void hueTurnsRedToGreenToBlueAndAFullCircleBack() {
        float[] red = {1, 0.2f, 0.2f};
        Hue.turn(red, 0, 1, 1f / 3);
        assertThat(red[1]).isCloseTo(1f, within(1e-5f));
        assertThat(red[0]).isCloseTo(0.2f, within(1e-5f));
        Hue.turn(red, 0, 1, -2f / 3);
        assertThat(red[2]).isCloseTo(1f, within(1e-5f));
        float[] any = {0.3f, 0.9f, 0.5f};
        Hue.turn(any, 0, 1, 1);
        assertThat(any[0]).isCloseTo(0.3f, within(1e-5f));
        assertThat(any[2]).isCloseTo(0.5f, within(1e-5f));
    }

    @Test
    void normalisationIsPerChannel() {
        RgbImage image = new RgbImage(8, 8, new byte[192]);
        float[] out = apply(image, 8, Augmentation.EVALUATION, Normalization.IMAGENET, 0);
        assertThat(out[0]).isCloseTo(-0.485f / 0.229f, within(1e-5f));
        assertThat(out[191]).isCloseTo(-0.406f / 0.225f, within(1e-5f));
    }

    @Test
    void settingsOutOfRangeNameTheirField() {
        refuses(() -> new RandomResizedCrop(0, 1, 1, 1), "min_scale");
        refuses(() -> new RandomResizedCrop(0.5, 0.2, 1, 1), "max_scale");
        refuses(() -> new RandomResizedCrop(0.5, 1, 2, 1), "max_aspect");
        refuses(() -> new PaddedCrop(-1), "padding");
        refuses(
                () -> apply(
                        TestImages.noise(8, 8, 1),
                        8,
                        new Augmentation(new PaddedCrop(8), false, ColorJitter.NONE),
                        NONE,
                        0),
                "crop.padding");
        refuses(() -> new ColorJitter(-1, 0, 0, 0), "brightness");
        refuses(() -> new ColorJitter(0, 0, 0, 0.6), "hue");
        refuses(() -> new Normalization(List.of(0.5), List.of(1.0, 1.0, 1.0)), "mean");
        refuses(() -> new Normalization(List.of(0.5, 0.5, 0.5), List.of(1.0, 0.0, 1.0)), "std");
        refuses(() -> ImageLoaderConfig.evaluation(ImageSize.square(4), 2, NONE), "image.size");
        refuses(() -> ImageLoaderConfig.evaluation(ImageSize.square(32), 0, NONE), "batch.size");
        refuses(
                () -> ImageLoaderConfig.evaluation(ImageSize.square(32), 2, NONE)
                        .withThreads(0, 1),
                "workers");
        refuses(
                () -> ImageLoaderConfig.evaluation(ImageSize.square(32), 2, NONE)
                        .withThreads(1, -1),
                "prefetch");
    }

    private static void refuses(Runnable making, String field) {
        assertThatThrownBy(making::run).isInstanceOf(UserException.class).hasMessageContaining(field);
    }

    private static float[] apply(RgbImage image, int side, Augmentation augmentation, Normalization norm, long key) {
        return apply(image, ImageSize.square(side), augmentation, norm, key);
    }

    private static float[] apply(
            RgbImage image, ImageSize size, Augmentation augmentation, Normalization norm, long key) {
        ImageTransform transform = new ImageTransform(size, augmentation, norm);
        float[] out = new float[transform.length()];
        transform.apply(image, Rng.of(key), out, 0);
        return out;
    }
}
