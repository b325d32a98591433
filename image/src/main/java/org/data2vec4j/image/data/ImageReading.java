package org.data2vec4j.image.data;

/**
 * What is made of a picture besides its samples.
 *
 * @param exifOrientation whether it is turned as its EXIF header, or that of its format, says
 * @param transparency what becomes of transparent pixels
 */
public record ImageReading(boolean exifOrientation, Transparency transparency) {
    /** As stored, on black. */
    public static final ImageReading DEFAULT = new ImageReading(false, Transparency.BLACK);
}
