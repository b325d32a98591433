package org.data2vec4j.report;

import java.util.Base64;
import org.data2vec4j.core.Check;

/**
 * A picture of 8-bit red, green and blue.
 *
 * @param width columns
 * @param height rows
 * @param rgb three bytes per pixel, row by row from the top; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // pixels: never compared, and copying them would double a page's memory
public record Picture(int width, int height, byte[] rgb) {
    /** Checks that the bytes fill the picture. */
    public Picture {
        Check.positive("picture width", width);
        Check.positive("picture height", height);
        Check.that(
                rgb.length == 3L * width * height,
                "picture of " + width + "×" + height + " has " + rgb.length + " bytes; expected "
                        + 3L * width * height);
    }

    /** The bytes of the picture's PNG file. */
    public byte[] png() {
        return Png.encode(this);
    }

    /** The picture as a PNG in a {@code data:} address. */
    String dataUri() {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png());
    }
}
