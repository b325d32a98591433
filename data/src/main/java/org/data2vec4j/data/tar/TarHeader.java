package org.data2vec4j.data.tar;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The 512-byte header block of an entry (POSIX.1-1988 ustar and the GNU and old forms of it). */
final class TarHeader {
    static final int BLOCK = 512;
    private static final int CHECKSUM_AT = 148;
    private static final int CHECKSUM_END = 156;

    private final byte[] block;

    /** Wraps a block whose checksum is right; anything else is not a tar header. */
    TarHeader(byte[] block, long at) throws IOException {
        this.block = block;
        int sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= CHECKSUM_AT && i < CHECKSUM_END ? ' ' : block[i] & 0xFF;
        }
        if (sum != number(CHECKSUM_AT, CHECKSUM_END - CHECKSUM_AT)) {
            throw new IOException("no tar header at byte " + at + ": not a tar archive, or a damaged one");
        }
    }

    static boolean isEndMarker(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    /** The kind of entry; '0', NUL and '7' are regular files. */
    char type() {
        return (char) (block[156] & 0xFF);
    }

    boolean isRegularFile() {
        char type = type();
        return type == '0' || type == 0 || type == '7';
    }

    long size() throws IOException {
        return number(124, 12);
    }

    /** The path, with the ustar prefix; the GNU form keeps other things in that place. */
    String name() {
        String name = text(0, 100);
        boolean posix = Arrays.equals(block, 257, 263, new byte[] {'u', 's', 't', 'a', 'r', 0}, 0, 6);
        String prefix = posix ? text(345, 155) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private String text(int at, int length) {
        int end = at;
        while (end < at + length && block[end] != 0) {
            end++;
        }
        return new String(block, at, end - at, StandardCharsets.UTF_8);
    }

    /** An octal number, or a big-endian binary one when the first bit is set (GNU, sizes of 8 GiB and more). */
    private long number(int at, int length) throws IOException {
        long value = 0;
        if ((block[at] & 0x80) != 0) {
            for (int i = at + length - 8; i < at + length; i++) {
                value = (value << 8) | (block[i] & 0xFF);
            }
        } else {
            String digits = text(at, length).trim();
            try {
                value = digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
            } catch (NumberFormatException e) {
                throw new IOException("'" + digits + "' in a tar header is not a number", e);
            }
        }
        if (value < 0) {
            throw new IOException("a tar header holds the negative number " + value);
        }
        return value;
    }
}
