package org.data2vec4j.image.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * What the chunks of a WebP file say without decoding it (RFC 9649).
 *
 * @param complete whether the file has all the bytes that its header promises
 * @param lossless whether its first picture is lossless
 * @param animation where the first frame of an animation begins; 0 if it is none
 * @param orientation EXIF orientation, 1 to 8
 */
record WebpScan(boolean complete, boolean lossless, int animation, int orientation) {
    private static final int FRAME_HEADER = 16;

    static boolean isWebp(byte[] bytes) {
        return bytes.length >= 16 && Chunks.is(bytes, 0, "RIFF") && Chunks.is(bytes, 8, "WEBP");
    }

    static WebpScan of(byte[] bytes) {
        long end = 8 + Chunks.little(bytes, 4);
        boolean complete = end <= bytes.length;
        boolean lossless = false;
        boolean lossy = false;
        int animation = 0;
        int orientation = Orientation.NORMAL;
        long at = 12;
        while (at + 8 <= Math.min(end, bytes.length)) {
            int p = (int) at;
            long size = Chunks.little(bytes, p + 4);
            if (at + 8 + size > bytes.length) {
                complete = false;
                break;
            }
            lossless |= Chunks.is(bytes, p, "VP8L") && !lossy;
            lossy |= Chunks.is(bytes, p, "VP8 ");
            if (Chunks.is(bytes, p, "ANMF") && animation == 0 && size > FRAME_HEADER + 8) {
                animation = p;
                lossless = Chunks.is(bytes, p + 8 + FRAME_HEADER, "VP8L");
            } else if (Chunks.is(bytes, p, "EXIF")) {
                int header = Chunks.is(bytes, p + 8, "Exif") ? 6 : 0;
                orientation =
                        TiffTags.of(bytes, p + 8 + header, (int) size - header).orientation();
            }
            at += 8 + size + (size & 1);
        }
        return new WebpScan(complete, lossless, animation, orientation);
    }

    /** The first frame of an animation as a file of its own; one that does not cover the whole picture is refused. */
    byte[] firstFrame(byte[] bytes) throws IOException {
        int size = (int) Chunks.little(bytes, animation + 4);
        int x = 2 * (int) (Chunks.little(bytes, animation + 8) & 0xFFFFFF);
        int y = 2 * (int) (Chunks.little(bytes, animation + 11) & 0xFFFFFF);
        int width = 1 + (int) (Chunks.little(bytes, animation + 14) & 0xFFFFFF);
        int height = 1 + (int) (Chunks.little(bytes, animation + 17) & 0xFFFFFF);
        int canvasWidth = 1 + (int) (Chunks.little(bytes, 24) & 0xFFFFFF);
        int canvasHeight = 1 + (int) (Chunks.little(bytes, 27) & 0xFFFFFF);
        if (x != 0 || y != 0 || width != canvasWidth || height != canvasHeight) {
            throw new IOException("the first frame of the animation covers a part of the picture only");
        }
        int body = size - FRAME_HEADER;
        ByteBuffer file = ByteBuffer.allocate(12 + 18 + body).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(4 + 18 + body);
        file.put("WEBPVP8X".getBytes(StandardCharsets.US_ASCII)).putInt(10);
        file.putInt(0x10); // may have transparency
        put24(file, width - 1);
        put24(file, height - 1);
        file.put(bytes, animation + 8 + FRAME_HEADER, body);
        return file.array();
    }

    private static void put24(ByteBuffer file, int value) {
        file.putShort((short) value).put((byte) (value >> 16));
    }
}
