package org.data2vec4j.image.data;

/** The eight EXIF orientations: what to do with stored pixels to see the picture upright (EXIF 2.32, tag 274). */
final class Orientation {
    static final int NORMAL = 1;

    private Orientation() {}

    /** The picture with orientation {@code value} (1 to 8) made upright; 5 to 8 exchange width and height. */
    static RgbImage apply(RgbImage image, int value) {
        if (value == NORMAL) {
            return image;
        }
        boolean transpose = value >= 5;
        boolean mirrorX = value == 2 || value == 3 || value == 7 || value == 8;
        boolean mirrorY = value == 3 || value == 4 || value == 6 || value == 7;
        int width = transpose ? image.height() : image.width();
        int height = transpose ? image.width() : image.height();
        byte[] upright = new byte[image.rgb().length];
        int to = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int storedX = transpose ? y : x;
                int storedY = transpose ? x : y;
                storedX = mirrorX ? image.width() - 1 - storedX : storedX;
                storedY = mirrorY ? image.height() - 1 - storedY : storedY;
                System.arraycopy(image.rgb(), 3 * (storedY * image.width() + storedX), upright, to, 3);
                to += 3;
            }
        }
        return new RgbImage(width, height, upright);
    }
}
