package org.data2vec4j.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Writes PNG files of 8-bit RGB (W3C, "Portable Network Graphics"); the same pixels give the same bytes, and no AWT is loaded. */
final class Png {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    private Png() {}

    /** The picture's file. */
    static byte[] encode(Picture picture) {
        byte[] header = ByteBuffer.allocate(13)
                .putInt(picture.width())
                .putInt(picture.height())
                .put(new byte[] {8, 2, 0, 0, 0}) // 8 bits, RGB, deflate, adaptive filters, not interlaced
                .array();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(SIGNATURE);
        chunk(out, "IHDR", header);
        chunk(out, "IDAT", compress(picture));
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static byte[] compress(Picture picture) {
        int row = 3 * picture.width();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            byte[] filtered = new byte[1 + row];
            for (int y = 0; y < picture.height(); y++) {
                filtered[0] = 1; // each byte less the same channel's to its left: natural pictures shrink better
                for (int x = 0; x < row; x++) {
                    int left = x < 3 ? 0 : picture.rgb()[y * row + x - 3];
                    filtered[1 + x] = (byte) (picture.rgb()[y * row + x] - left);
                }
                deflater.write(filtered);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail to be written", e);
        }
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        out.writeBytes(name);
        out.writeBytes(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
