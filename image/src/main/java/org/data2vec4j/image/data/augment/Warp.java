package org.data2vec4j.image.data.augment;

/**
 * Where the sample at a place of a changed picture comes from: {@code (x, y) ← (xx·x + xy·y + shiftX, yx·x + yy·y + shiftY)}, places in
 * pixels from the middle. What lies outside the picture is grey.
 */
record Warp(double xx, double xy, double shiftX, double yx, double yy, double shiftY) {
    private static final float GREY = 0.5f;

    /** A turn about the middle, by degrees. */
    static Warp turn(double degrees) {
        double angle = Math.toRadians(degrees);
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        return new Warp(cos, -sin, 0, sin, cos, 0);
    }

    /** Rows or columns shifted in proportion to their distance from the middle. */
    static Warp shear(double alongX, double alongY) {
        return new Warp(1, alongX, 0, alongY, 1, 0);
    }

    /** The whole picture shifted, in pixels. */
    static Warp shift(double x, double y) {
        return new Warp(1, 0, x, 0, 1, y);
    }

    /** Changes a picture, reading between pixels bilinearly. */
    void apply(Planes image) {
        float[] from = image.copy();
        double middleX = (image.width() - 1) / 2.0;
        double middleY = (image.height() - 1) / 2.0;
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                double fromX = xx * (x - middleX) + xy * (y - middleY) + shiftX + middleX;
                double fromY = yx * (x - middleX) + yy * (y - middleY) + shiftY + middleY;
                for (int c = 0; c < 3; c++) {
                    image.pixels()[image.at() + c * image.plane() + y * image.width() + x] =
                            between(from, c * image.plane(), image, fromX, fromY);
                }
            }
        }
    }

    private static float between(float[] from, int plane, Planes image, double x, double y) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        float right = (float) (x - left);
        float below = (float) (y - top);
        float upper = (1 - right) * at(from, plane, image, left, top) + right * at(from, plane, image, left + 1, top);
        float lower =
                (1 - right) * at(from, plane, image, left, top + 1) + right * at(from, plane, image, left + 1, top + 1);
        return (1 - below) * upper + below * lower;
    }

    private static float at(float[] from, int plane, Planes image, int x, int y) {
        boolean outside = x < 0 || y < 0 || x >= image.width() || y >= image.height();
        return outside ? GREY : from[plane + y * image.width() + x];
    }
}
