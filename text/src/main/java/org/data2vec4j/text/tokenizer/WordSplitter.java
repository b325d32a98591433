package org.data2vec4j.text.tokenizer;

/**
 * Cuts text into the words that merges may not cross, exactly as GPT-2's pattern does (Radford et al., 2019):
 * {@code 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+}, over UTF-8 in place. A byte that is not
 * part of well-formed UTF-8 counts as a symbol. Letters and numbers are those of the running Java's Unicode version.
 */
public final class WordSplitter {
    private static final byte SPACE = 0;
    private static final byte LETTER = 1;
    private static final byte NUMBER = 2;
    private static final byte SYMBOL = 3;

    private static final byte[] ASCII = new byte[128];

    static {
        for (int c = 0; c < 128; c++) {
            ASCII[c] = kind(c);
        }
    }

    private WordSplitter() {}

    /** The end of the word that begins at {@code from}, below or at {@code to}, the end of the text; {@code from < to}. */
    public static int end(byte[] text, int from, int to) {
        byte first = text[from];
        if (first == '\'') {
            int contraction = contraction(text, from, to);
            return contraction > 0 ? contraction : run(SYMBOL, text, from, to);
        }
        if (first == ' ' && from + 1 < to) {
            byte next = kindAt(text, from + 1, to);
            if (next != SPACE) {
                return run(next, text, from + 1, to);
            }
        }
        byte kind = kindAt(text, from, to);
        return kind == SPACE ? space(text, from, to) : run(kind, text, from, to);
    }

    /**
     * The last place after {@code from} and before {@code to} where text can be cut without changing any word: before ASCII
     * white space that follows something else. −1 if there is none. No word spans such a place, and no word before it depends
     * on what comes after it.
     */
    public static int lastCut(byte[] text, int from, int to) {
        for (int at = to - 1; at > from; at--) {
            byte b = text[at];
            if (b >= 0 && ASCII[b] == SPACE && !endsWithSpace(text, from, at)) {
                return at;
            }
        }
        return -1;
    }

    /** Whether a code point has Unicode's White_Space property. */
    static boolean isSpace(int point) {
        return switch (point) {
            case 0x20, 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000 -> true;
            default -> (point >= 0x09 && point <= 0x0D) || (point >= 0x2000 && point <= 0x200A);
        };
    }

    private static int contraction(byte[] text, int from, int to) {
        int left = to - from;
        if (left < 2) {
            return -1;
        }
        byte a = text[from + 1];
        if (a == 's' || a == 't' || a == 'm' || a == 'd') {
            return from + 2;
        }
        if (left < 3) {
            return -1;
        }
        byte b = text[from + 2];
        boolean two = (b == 'e' && (a == 'r' || a == 'v')) || (b == 'l' && a == 'l');
        return two ? from + 3 : -1;
    }

    private static int run(byte kind, byte[] text, int from, int to) {
        int at = from;
        while (at < to) {
            byte b = text[at];
            if (b >= 0) {
                if (ASCII[b] != kind) {
                    return at;
                }
                at++;
            } else {
                int point = Utf8.codePoint(text, at, to);
                if (kind(point) != kind) {
                    return at;
                }
                at += Utf8.length(point);
            }
        }
        return at;
    }

    /** White space before a word leaves its last character to that word; a single one stands alone. */
    private static int space(byte[] text, int from, int to) {
        int at = from;
        int last = from;
        while (at < to && kindAt(text, at, to) == SPACE) {
            last = at;
            at += Utf8.length(Utf8.codePoint(text, at, to));
        }
        return at == to || last == from ? at : last;
    }

    private static byte kindAt(byte[] text, int at, int to) {
        byte b = text[at];
        return b >= 0 ? ASCII[b] : kind(Utf8.codePoint(text, at, to));
    }

    private static byte kind(int point) {
        if (point < 0) {
            return SYMBOL;
        }
        if (isSpace(point)) {
            return SPACE;
        }
        return switch (Character.getType(point)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER -> LETTER;
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> NUMBER;
            default -> SYMBOL;
        };
    }

    private static boolean endsWithSpace(byte[] text, int from, int at) {
        int start = at - 1;
        while (start > from && at - start < 4 && (text[start] & 0xC0) == 0x80) {
            start--;
        }
        int point = Utf8.codePoint(text, start, at);
        return Utf8.length(point) == at - start && isSpace(point);
    }
}
