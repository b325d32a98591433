package org.data2vec4j.image.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What the markers of a JPEG file say without decoding it: whether it reaches its end marker, and its EXIF orientation (1 to 8). */
record JpegScan(boolean complete, int orientation) {
    private static final int START_OF_SCAN = 0xDA;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int APP1 = 0xE1;
    private static final int ORIENTATION_TAG = 0x0112;
    private static final int EXIF_HEADER = 6; // "Exif", 0, 0

    static boolean isJpeg(byte[] bytes) {
        return bytes.length > 2 && at(bytes, 0) == 0xFF && at(bytes, 1) == 0xD8 && at(bytes, 2) == 0xFF;
    }

    static JpegScan of(byte[] bytes) {
        int orientation = Orientation.NORMAL;
        int p = 2;
        while (true) {
            p = nextMarker(bytes, p);
            if (p >= bytes.length) {
                return new JpegScan(false, orientation);
            }
            int marker = at(bytes, p++);
            if (marker == END_OF_IMAGE) {
                return new JpegScan(true, orientation);
            }
            if (marker == 0x01 || marker == 0xD8) { // without a segment, as the restart markers
                continue;
            }
            if (p + 2 > bytes.length) {
                return new JpegScan(false, orientation);
            }
            int length = (at(bytes, p) << 8) | at(bytes, p + 1);
            if (p + length > bytes.length) {
                return new JpegScan(false, orientation);
            }
            if (marker == APP1 && orientation == Orientation.NORMAL) {
                orientation = exifOrientation(bytes, p + 2, length - 2);
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
        ByteBuffer tiff = ByteBuffer.wrap(bytes, start + EXIF_HEADER, length - EXIF_HEADER)
                .slice();
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        if (directory < 8 || directory > tiff.limit() - 2) {
            return Orientation.NORMAL;
        }
        int entries = tiff.getShort(directory) & 0xFFFF;
        for (int i = 0; i < entries && directory + 2 + 12 * (i + 1) <= tiff.limit(); i++) {
            int entry = directory + 2 + 12 * i;
            if ((tiff.getShort(entry) & 0xFFFF) == ORIENTATION_TAG) {
                int value = tiff.getShort(entry + 8);
                return value >= 1 && value <= 8 ? value : Orientation.NORMAL;
            }
        }
        return Orientation.NORMAL;
    }

    private static int at(byte[] bytes, int p) {
        return bytes[p] & 0xFF;
    }
}
