package org.data2vec4j.image.data;

/**
 * A box inside a picture, in its pixels, that is resized to the output and then moved: output pixel (x, y) shows the resized box
 * at (x + shiftX, y + shiftY), reflected at its borders. Shifts are in output pixels, smaller than the output.
 */
public record CropRegion(int x, int y, int width, int height, int shiftX, int shiftY) {
    /** A box that is not moved. */
    public static CropRegion box(int x, int y, int width, int height) {
        return new CropRegion(x, y, width, height, 0, 0);
    }

    /**
     * The largest box in the middle of a picture that has the shape of {@code size}, or a share of it, moved by the shifts.
     *
     * @param share of its sides, above 0 to 1
     */
    static CropRegion middle(int width, int height, ImageSize size, double share, int shiftX, int shiftY) {
        boolean flat = (long) width * size.height() >= (long) height * size.width(); // the picture, beside the box
        double wide = flat ? (double) height * size.width() / size.height() : width;
        double high = flat ? height : (double) width * size.height() / size.width();
        int boxWidth = (int) Math.max(1, Math.round(share * wide));
        int boxHeight = (int) Math.max(1, Math.round(share * high));
        return new CropRegion((width - boxWidth) / 2, (height - boxHeight) / 2, boxWidth, boxHeight, shiftX, shiftY);
    }
}
