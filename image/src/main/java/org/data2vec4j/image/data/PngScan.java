package org.data2vec4j.image.data;

/** What the chunks of a PNG file say without decoding it: whether it reaches its end, and its EXIF orientation (1 to 8). */
record PngScan(boolean complete, int orientation) {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};

    static boolean isPng(byte[] bytes) {
        for (int i = 0; i < SIGNATURE.length; i++) {
            if (bytes.length <= i || bytes[i] != SIGNATURE[i]) {
                return false;
            }
        }
        return true;
    }

    static PngScan of(byte[] bytes) {
        int orientation = Orientation.NORMAL;
        long at = SIGNATURE.length;
        while (at + 12 <= bytes.length) {
            int p = (int) at;
            long length = Chunks.big(bytes, p);
            if (at + 12 + length > bytes.length) {
                break;
            }
            if (Chunks.is(bytes, p + 4, "IEND")) {
                return new PngScan(true, orientation);
            }
            if (Chunks.is(bytes, p + 4, "eXIf")) {
                orientation = TiffTags.of(bytes, p + 8, (int) length).orientation();
            }
            at += 12 + length;
        }
        return new PngScan(false, orientation);
    }
}
