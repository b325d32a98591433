package org.data2vec4j.image.data;

/**
 * The whole picture is resized, and the middle of the result is taken; where the result is smaller than the model's input, black is
 * added on all sides. What most of Hugging Face's image processors do.
 *
 * @param resize to which size
 * @param filter by which kernel
 */
public record ResizeThenCrop(ResizeRule resize, ResampleFilter filter) implements Preparation {
    /** The whole picture at a size, whatever its shape. */
    public static ResizeThenCrop squash(ImageSize size, ResampleFilter filter) {
        return new ResizeThenCrop(new ResizeRule.Exact(size), filter);
    }

    /** What a recipe that leaves settings out gets: pictures stay as they are, and their middle is taken. */
    public static ResizeThenCrop defaults() {
        return new ResizeThenCrop(new ResizeRule.Keep(), ResampleFilter.BICUBIC);
    }

    @Override
    public RgbImage prepare(RgbImage image, ImageSize size) {
        RgbImage resized = image;
        if (!(resize instanceof ResizeRule.Keep)) {
            ImageSize to = resize.of(image.height(), image.width());
            CropRegion whole = CropRegion.box(0, 0, image.width(), image.height());
            resized = ByteResampler.resize(image, whole, to.height(), to.width(), filter);
        }
        return ByteResampler.cut(
                resized,
                CropRegion.box(
                        begin(resized.width(), size.width()),
                        begin(resized.height(), size.height()),
                        size.width(),
                        size.height()));
    }

    /** Where the middle begins; of what is added, the odd pixel goes before the picture. */
    private static int begin(int from, int to) {
        return from >= to ? (from - to) / 2 : -((to - from + 1) / 2);
    }

    @Override
    public Preparation at(ImageSize from, ImageSize to) {
        return new ResizeThenCrop(resize.times((double) to.shorter() / from.shorter()), filter);
    }

    @Override
    public String describe(ImageSize size) {
        return "resized (" + resize + ", " + filter + "), then the middle " + size.height() + "×" + size.width();
    }
}
