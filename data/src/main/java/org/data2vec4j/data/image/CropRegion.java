package org.data2vec4j.data.image;

/**
 * A box inside a picture, in its pixels, that is resized to the output and then moved: output pixel (x, y) shows the resized box
 * at (x + shiftX, y + shiftY), reflected at its borders. Shifts are in output pixels, smaller than the output.
 */
public record CropRegion(int x, int y, int width, int height, int shiftX, int shiftY) {
    /** A box that is not moved. */
    public static CropRegion box(int x, int y, int width, int height) {
        return new CropRegion(x, y, width, height, 0, 0);
    }

    /** The largest square in the middle of a picture, moved by the shifts. */
    static CropRegion centerSquare(int width, int height, int shiftX, int shiftY) {
        int side = Math.min(width, height);
        return new CropRegion((width - side) / 2, (height - side) / 2, side, side, shiftX, shiftY);
    }
}
