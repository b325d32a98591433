package org.data2vec4j.image.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The first directory of a TIFF file, or of the TIFF header in EXIF data (TIFF 6.0). A damaged directory has no tags.
 */
final class TiffTags {
    static final int BITS = 258;
    static final int PHOTOMETRIC = 262;
    static final int ORIENTATION = 274;
    static final int EXTRA_SAMPLES = 338;
    static final int SAMPLE_FORMAT = 339;

    private static final int SHORT = 3;
    private static final int LONG = 4;

    private final ByteBuffer tiff;
    private final int directory;

    private TiffTags(ByteBuffer tiff, int directory) {
        this.tiff = tiff;
        this.directory = directory;
    }

    static boolean isTiff(byte[] bytes) {
        return bytes.length >= 8
                && ((bytes[0] == 'I' && bytes[1] == 'I' && bytes[2] == 42 && bytes[3] == 0)
                        || (bytes[0] == 'M' && bytes[1] == 'M' && bytes[2] == 0 && bytes[3] == 42));
    }

    /** The directory that begins somewhere in some bytes. */
    static TiffTags of(byte[] bytes, int start, int length) {
        int there = Math.min(length, bytes.length - start);
        if (there < 8) {
            return new TiffTags(ByteBuffer.allocate(0), -1);
        }
        ByteBuffer tiff = ByteBuffer.wrap(bytes, start, there).slice();
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        return new TiffTags(tiff, directory >= 8 && directory <= there - 2 ? directory : -1);
    }

    /** A number, the first of its tag; {@code otherwise} if there is none. */
    int first(int tag, int otherwise) {
        if (directory < 0) {
            return otherwise;
        }
        int entries = tiff.getShort(directory) & 0xFFFF;
        for (int i = 0; i < entries && directory + 2 + 12L * (i + 1) <= tiff.limit(); i++) {
            int entry = directory + 2 + 12 * i;
            if ((tiff.getShort(entry) & 0xFFFF) == tag) {
                return value(entry, otherwise);
            }
        }
        return otherwise;
    }

    private int value(int entry, int otherwise) {
        int type = tiff.getShort(entry + 2) & 0xFFFF;
        long count = tiff.getInt(entry + 4) & 0xFFFFFFFFL;
        int width = type == SHORT ? 2 : 4;
        if ((type != SHORT && type != LONG) || count == 0) {
            return otherwise;
        }
        long at = count * width <= 4 ? entry + 8L : tiff.getInt(entry + 8) & 0xFFFFFFFFL;
        if (at + width > tiff.limit()) {
            return otherwise;
        }
        return type == SHORT ? tiff.getShort((int) at) & 0xFFFF : tiff.getInt((int) at);
    }

    /** How the picture is to be turned, 1 to 8. */
    int orientation() {
        int value = first(ORIENTATION, Orientation.NORMAL);
        return value >= 1 && value <= 8 ? value : Orientation.NORMAL;
    }
}
