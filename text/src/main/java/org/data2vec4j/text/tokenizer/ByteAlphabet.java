package org.data2vec4j.text.tokenizer;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The 256 printable characters that stand for bytes in vocabulary files: printable Latin-1 characters for themselves, the other
 * bytes, in order, for the characters from U+0100 on. The table of GPT-2 (Radford et al., 2019), which every byte-level
 * vocabulary since has kept.
 */
public final class ByteAlphabet {
    private static final char FIRST_STAND_IN = 0x100;
    private static final char[] CHARACTERS = new char[256];
    private static final short[] BYTES = new short[FIRST_STAND_IN + 256];

    static {
        Arrays.fill(BYTES, (short) -1);
        char standIn = FIRST_STAND_IN;
        for (int b = 0; b < 256; b++) {
            boolean printable = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
            CHARACTERS[b] = printable ? (char) b : standIn++;
            BYTES[CHARACTERS[b]] = (short) b;
        }
    }

    private ByteAlphabet() {}

    /** The character for a byte of 0 to 255. */
    public static char character(int b) {
        return CHARACTERS[b];
    }

    /** The byte, 0 to 255, that a character stands for; −1 if for none. */
    public static int value(char character) {
        return character < BYTES.length ? BYTES[character] : -1;
    }

    /** Bytes as they appear in vocabulary files. */
    public static String text(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            text.append(CHARACTERS[b & 0xFF]);
        }
        return text.toString();
    }

    /** The bytes behind a vocabulary entry; null if one of its characters stands for no byte. */
    public static byte @Nullable [] bytes(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            int value = value(text.charAt(i));
            if (value < 0) {
                return null;
            }
            bytes.write(value);
        }
        return bytes.toByteArray();
    }
}
