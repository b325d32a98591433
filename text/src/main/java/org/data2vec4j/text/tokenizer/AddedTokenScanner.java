package org.data2vec4j.text.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Finds added tokens in text: from left to right, the longest that begins at a place, with the white space they claim. */
final class AddedTokenScanner {
    /** An added token's bytes in a text, {@code start} to {@code end}. */
    record Match(int start, int end, int id) {}

    private final List<AddedToken> tokens;
    private final List<byte[]> contents;
    private final boolean[] firsts = new boolean[256];

    AddedTokenScanner(List<AddedToken> added) {
        tokens = added;
        contents = added.stream()
                .map(token -> token.content().getBytes(StandardCharsets.UTF_8))
                .toList();
        contents.forEach(content -> firsts[content[0] & 0xFF] = true);
    }

    List<Match> find(byte[] text) {
        List<Match> matches = new ArrayList<>();
        int at = 0;
        int free = 0; // the end of the last match
        while (at < text.length) {
            int token = firsts[text[at] & 0xFF] ? longest(text, at) : -1;
            if (token < 0) {
                at++;
                continue;
            }
            int end = at + contents.get(token).length;
            int start = tokens.get(token).stripLeft() ? spaceBefore(text, free, at) : at;
            end = tokens.get(token).stripRight() ? spaceAfter(text, end) : end;
            matches.add(new Match(start, end, tokens.get(token).id()));
            at = end;
            free = end;
        }
        return matches;
    }

    private int longest(byte[] text, int at) {
        int best = -1;
        for (int i = 0; i < contents.size(); i++) {
            byte[] content = contents.get(i);
            boolean longer = best < 0 || content.length > contents.get(best).length;
            if (longer && startsWith(text, at, content)) {
                best = i;
            }
        }
        return best;
    }

    private static boolean startsWith(byte[] text, int at, byte[] content) {
        if (at + content.length > text.length) {
            return false;
        }
        for (int i = 0; i < content.length; i++) {
            if (text[at + i] != content[i]) {
                return false;
            }
        }
        return true;
    }

    private static int spaceBefore(byte[] text, int from, int at) {
        int start = at;
        while (start > from) {
            int previous = start - 1;
            while (previous > from && (text[previous] & 0xC0) == 0x80) {
                previous--;
            }
            if (!WordSplitter.isSpace(Utf8.codePoint(text, previous, start))) {
                return start;
            }
            start = previous;
        }
        return start;
    }

    private static int spaceAfter(byte[] text, int at) {
        int end = at;
        while (end < text.length) {
            int point = Utf8.codePoint(text, end, text.length);
            if (!WordSplitter.isSpace(point)) {
                return end;
            }
            end += Utf8.length(point);
        }
        return end;
    }
}
