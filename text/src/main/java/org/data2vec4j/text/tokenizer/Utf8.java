package org.data2vec4j.text.tokenizer;

/** UTF-8 read in place (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF. */
public final class Utf8 {
    private Utf8() {}

    /** The code point that begins at {@code at}, or −1 if no well-formed one does before {@code to}. */
    public static int codePoint(byte[] text, int at, int to) {
        int first = text[at] & 0xFF;
        if (first < 0x80) {
            return first;
        }
        if (first < 0xC2 || first > 0xF4) {
            return -1;
        }
        int length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (at + length > to) {
            return -1;
        }
        int point = first & (0x7F >> length);
        for (int i = 1; i < length; i++) {
            int next = text[at + i];
            if ((next & 0xC0) != 0x80) {
                return -1;
            }
            point = point << 6 | (next & 0x3F);
        }
        boolean overlong = length == 3 ? point < 0x800 : length == 4 && point < 0x10000;
        boolean surrogate = point >= 0xD800 && point < 0xE000;
        return overlong || surrogate || point > 0x10FFFF ? -1 : point;
    }

    /** The bytes that a code point takes; 1 for −1, the mark of a byte that is no text. */
    public static int length(int codePoint) {
        return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    }

    /** The place of the first byte that is not part of well-formed text; −1 if all are. */
    public static int firstInvalid(byte[] text, int from, int to) {
        int at = from;
        while (at < to) {
            if (text[at] >= 0) {
                at++;
                continue;
            }
            int point = codePoint(text, at, to);
            if (point < 0) {
                return at;
            }
            at += length(point);
        }
        return -1;
    }
}
