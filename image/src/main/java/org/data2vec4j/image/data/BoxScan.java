package org.data2vec4j.image.data;

import java.io.IOException;

/** The boxes of a file in the ISO base media format, which HEIC and AVIF are, and of JPEG 2000. */
final class BoxScan {
    private BoxScan() {}

    static boolean isMedia(byte[] bytes) {
        return Chunks.is(bytes, 4, "ftyp");
    }

    static boolean isJpeg2000(byte[] bytes) {
        return Chunks.is(bytes, 4, "jP  ");
    }

    /** Throws if the last box promises more bytes than there are. */
    static void checkComplete(byte[] bytes) throws IOException {
        long at = 0;
        while (at + 8 <= bytes.length) {
            long size = Chunks.big(bytes, (int) at);
            if (size == 1 && at + 16 <= bytes.length) {
                size = Chunks.big(bytes, (int) at + 8) << 32 | Chunks.big(bytes, (int) at + 12);
            }
            if (size == 0) { // to the end of the file
                boolean ends = (bytes[bytes.length - 2] & 0xFF) == 0xFF && (bytes[bytes.length - 1] & 0xFF) == 0xD9;
                if (isJpeg2000(bytes) && !ends) {
                    throw new IOException("the JPEG 2000 file is cut off");
                }
                return;
            }
            if (size < 8 || at + size > bytes.length) {
                throw new IOException(
                        "the file is cut off: a part of it promises " + size + " bytes, found " + (bytes.length - at));
            }
            at += size;
        }
    }
}
