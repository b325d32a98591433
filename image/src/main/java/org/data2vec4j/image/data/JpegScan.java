package org.data2vec4j.image.data;

/**
 * What the markers of a JPEG file say without decoding it.
 *
 * @param complete whether it reaches its end marker
 * @param orientation its EXIF orientation, 1 to 8
 * @param components how many colours it has
 * @param adobe the colour transform in Adobe's marker; -1 if there is no such marker
 */
record JpegScan(boolean complete, int orientation, int components, int adobe) {
    private static final int START_OF_SCAN = 0xDA;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int APP1 = 0xE1;
    private static final int APP14 = 0xEE;
    private static final int YCCK = 2;
    private static final int EXIF_HEADER = 6; // "Exif", 0, 0

    static boolean isJpeg(byte[] bytes) {
        return bytes.length > 2 && at(bytes, 0) == 0xFF && at(bytes, 1) == 0xD8 && at(bytes, 2) == 0xFF;
    }

    static JpegScan of(byte[] bytes) {
        int orientation = Orientation.NORMAL;
        int components = 0;
        int adobe = -1;
        int p = 2;
        while (true) {
            p = nextMarker(bytes, p);
            if (p >= bytes.length) {
                return new JpegScan(false, orientation, components, adobe);
            }
            int marker = at(bytes, p++);
            if (marker == END_OF_IMAGE) {
                return new JpegScan(true, orientation, components, adobe);
            }
            if (marker == 0x01 || marker == 0xD8) { // without a segment, as the restart markers
                continue;
            }
            if (p + 2 > bytes.length) {
                return new JpegScan(false, orientation, components, adobe);
            }
            int length = (at(bytes, p) << 8) | at(bytes, p + 1);
            if (p + length > bytes.length) {
                return new JpegScan(false, orientation, components, adobe);
            }
            if (marker == APP1 && orientation == Orientation.NORMAL) {
                orientation = exifOrientation(bytes, p + 2, length - 2);
            }
            boolean frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
            if (frame && length >= 8) {
                components = at(bytes, p + 7);
            } else if (marker == APP14 && length >= 14 && Chunks.is(bytes, p + 2, "Adobe")) {
                adobe = at(bytes, p + 13);
            }
            p += Math.max(length, marker == START_OF_SCAN ? 6 : 2);
        }
    }

    /** The place of the next marker code; passes over coded data, stuffed zeros, fill bytes and restart markers. */
    private static int nextMarker(byte[] bytes, int from) {
        for (int p = from; p + 1 < bytes.length; p++) {
            if (bytes[p] == (byte) 0xFF) {
                int code = at(bytes, p + 1);
                if (code != 0 && code != 0xFF && (code < 0xD0 || code > 0xD7)) {
                    return p + 1;
                }
            }
        }
        return bytes.length;
    }

    /** The orientation in an EXIF segment (a TIFF header and its first directory); 1 if there is none or it is damaged. */
    private static int exifOrientation(byte[] bytes, int start, int length) {
        boolean exif = length >= EXIF_HEADER + 8
                && bytes[start] == 'E'
                && bytes[start + 1] == 'x'
                && bytes[start + 2] == 'i'
                && bytes[start + 3] == 'f';
        if (!exif) {
            return Orientation.NORMAL;
        }
        return TiffTags.of(bytes, start + EXIF_HEADER, length - EXIF_HEADER).orientation();
    }

    /** How a file of four colours stores its inks. */
    Cmyk.Storage inks() {
        if (adobe == YCCK) {
            return Cmyk.Storage.YCCK;
        }
        return adobe >= 0 ? Cmyk.Storage.INVERTED : Cmyk.Storage.INK;
    }

    private static int at(byte[] bytes, int p) {
        return bytes[p] & 0xFF;
    }
}
