package org.data2vec4j.image.data;

/**
 * A decoded picture of 8-bit sRGB samples: byte {@code 3 * (y * width + x) + c} is channel c (red, green, blue) of pixel
 * (x, y), unsigned. The array is shared, not copied: nobody writes to it.
 */
@SuppressWarnings("ArrayRecordComponent") // a buffer with a size; never compared
public record RgbImage(int width, int height, byte[] rgb) {
    /** Refuses sides below one pixel and arrays of another length. */
    public RgbImage {
        if (width < 1 || height < 1 || rgb.length != 3L * width * height) {
            throw new IllegalArgumentException(
                    rgb.length + " bytes are not a picture of " + width + "x" + height + " pixels");
        }
    }
}
