package org.data2vec4j.text.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.data2vec4j.core.Rng;
import org.junit.jupiter.api.Test;

class WordSplitterTest {
    private static final Pattern GPT2 = Pattern.compile(
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
            Pattern.UNICODE_CHARACTER_CLASS);

    @Test
    void agreesWithThePatternOnEveryCharacterInContext() {
        for (int point = 0; point <= 0x10FFFF; point += point < 0x3100 ? 1 : 37) {
            if (point >= 0xD800 && point < 0xE000) {
                continue;
            }
            String c = Character.toString(point);
            check(c);
            check("a" + c + "b " + c + "1" + c + c + " x  " + c);
        }
    }

    @Test
    void agreesWithThePatternOnRandomText() {
        String[] parts = {
            " ", " ", "  ", "\n", "\t", "\r\n", "'", "s", "t", "re", "ve", "m", "ll", "d", "l", "S", "é", "東", "7", "½",
            "٣", ".", "-", "\u00a0", "\u3000", "\u2003", "\u0085", "\u001c", "\u200b", "e\u0301", "🙂", "👩‍👧", "\0",
            "<s>", "ʼ", "Ⅷ", "\u180e"
        };
        Rng rng = Rng.of(1, 2);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = rng.nextInt(12); n >= 0; n--) {
                text.append(parts[rng.nextInt(parts.length)]);
            }
            check(text.toString());
        }
    }

    @Test
    void cutsChangeNoWord() {
        String[] parts = {" ", "  ", "\n", "a", "é", "東\u3000", "\u00a0", "'s", "1", ".", "\u2003"};
        Rng rng = Rng.of(3, 4);
        int cuts = 0;
        for (int i = 0; i < 5000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = rng.nextInt(14); n >= 0; n--) {
                text.append(parts[rng.nextInt(parts.length)]);
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            int cut = WordSplitter.lastCut(bytes, 0, bytes.length);
            if (cut > 0) {
                cuts++;
                List<String> words = words(bytes, 0, cut);
                words.addAll(words(bytes, cut, bytes.length));
                assertThat(words).isEqualTo(words(bytes, 0, bytes.length));
            }
        }
        assertThat(cuts).isGreaterThan(2000);
        assertThat(WordSplitter.lastCut(new byte[] {'a', 'b'}, 0, 2)).isEqualTo(-1);
        assertThat(WordSplitter.lastCut(new byte[] {' ', ' ', 'b'}, 0, 3)).isEqualTo(-1);
    }

    @Test
    void anyBytesAreCutWithoutLoss() {
        Rng rng = Rng.of(5, 6);
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = new byte[1 + rng.nextInt(30)];
            for (int k = 0; k < bytes.length; k++) {
                bytes[k] = (byte) (rng.nextBoolean() ? rng.nextInt(256) : "a '\n".charAt(rng.nextInt(4)));
            }
            int at = 0;
            while (at < bytes.length) {
                int end = WordSplitter.end(bytes, at, bytes.length);
                assertThat(end).isGreaterThan(at).isLessThanOrEqualTo(bytes.length);
                at = end;
            }
        }
    }

    private static void check(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<String> expected = new ArrayList<>();
        Matcher matcher = GPT2.matcher(text);
        while (matcher.find()) {
            expected.add(matcher.group());
        }
        assertThat(words(bytes, 0, bytes.length)).isEqualTo(expected);
    }

    private static List<String> words(byte[] bytes, int from, int to) {
        List<String> words = new ArrayList<>();
        for (int at = from; at < to; ) {
            int end = WordSplitter.end(bytes, at, to);
            words.add(new String(bytes, at, end - at, StandardCharsets.UTF_8));
            at = end;
        }
        return words;
    }
}
