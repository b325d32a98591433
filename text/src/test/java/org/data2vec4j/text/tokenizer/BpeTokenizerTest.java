package org.data2vec4j.text.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.data2vec4j.core.Rng;
import org.data2vec4j.core.UserException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BpeTokenizerTest {
    private static final BpeTokenizer TOKENIZER = Golden.trained();

    @Test
    void encodesAsPythonsTokenizersDo() {
        for (JsonNode sample : Golden.ROOT.path("samples")) {
            String text = sample.path("text").asString();
            assertThat(TOKENIZER.encode(text)).as(text).isEqualTo(Golden.ids(sample));
            assertThat(TOKENIZER.encodeWithSpecials(text)).as(text).isEqualTo(Golden.ids(sample));
            assertThat(TOKENIZER.decodeText(TOKENIZER.encode(text))).isEqualTo(text);
        }
    }

    @Test
    void specialTokensInTrustedText() {
        for (JsonNode sample : Golden.ROOT.path("specials")) {
            String text = sample.path("text").asString();
            assertThat(TOKENIZER.encodeWithSpecials(text)).as(text).isEqualTo(Golden.ids(sample));
            assertThat(TOKENIZER.decodeText(TOKENIZER.encode(text))).isEqualTo(text);
            for (int id : TOKENIZER.encode(text)) {
                assertThat(TOKENIZER.isSpecial(id)).isFalse();
            }
        }
        assertThat(TOKENIZER.isSpecial(4)).isTrue();
    }

    @Test
    void whiteSpaceBelongsToTokensThatClaimIt() {
        List<String> tokens = TOKENIZER.vocabulary().tokens();
        AddedToken greedy = new AddedToken(4, "<mask>", true, true, false);
        AddedToken trailing = new AddedToken(3, "<unk>", true, false, true);
        BpeTokenizer tokenizer = new BpeTokenizer(
                new Vocabulary(tokens, TOKENIZER.vocabulary().merges(), List.of(greedy, trailing), "here"));
        int a = tokenizer.id("a");
        int space = tokenizer.id("Ġ");
        assertThat(tokenizer.encodeWithSpecials("a \u3000<mask>a")).containsExactly(a, 4, a);
        assertThat(tokenizer.encodeWithSpecials("<mask> a")).startsWith(4).endsWith(tokenizer.encode(" a"));
        assertThat(tokenizer.encodeWithSpecials("a <unk>\n a")).containsExactly(a, space, 3, a);
        assertThat(tokenizer.encodeWithSpecials("<unk> <mask>")).containsExactly(3, 4);
    }

    @Test
    void anyBytesComeBack() {
        Rng rng = Rng.of(21, 22);
        for (int i = 0; i < 3000; i++) {
            byte[] bytes = new byte[rng.nextInt(80)];
            for (int k = 0; k < bytes.length; k++) {
                bytes[k] = (byte) (rng.nextInt(3) == 0 ? rng.nextInt(256) : "abke st'\n".charAt(rng.nextInt(9)));
            }
            assertThat(TOKENIZER.decode(TOKENIZER.encode(bytes))).isEqualTo(bytes);
        }
        assertThat(TOKENIZER.decodeText(TOKENIZER.encode(new byte[] {'a', (byte) 0xFF})))
                .isEqualTo("a\uFFFD");
    }

    @Test
    void longWordsMergeAsShortOnesDo() {
        WordMerger merger = new WordMerger(TOKENIZER.vocabulary());
        Rng rng = Rng.of(23, 24);
        for (int i = 0; i < 2000; i++) {
            int length = 1 + rng.nextInt(70);
            int[] scanned = new int[length];
            for (int k = 0; k < length; k++) {
                scanned[k] = TOKENIZER.id(String.valueOf("abekimostu".charAt(rng.nextInt(10))));
            }
            int[] queued = scanned.clone();
            int left = merger.scan(scanned, length);
            assertThat(merger.queue(queued, length)).isEqualTo(left);
            assertThat(queued).startsWith(Arrays.copyOf(scanned, left));
        }
        String monster = "ba".repeat(200_000);
        assertThat(TOKENIZER.decodeText(TOKENIZER.encode(monster))).isEqualTo(monster);
        assertThat(TOKENIZER.encode("a b")).isEqualTo(TOKENIZER.encode("a b"));
    }

    @Test
    void encodersRememberWithoutChangingAnything() {
        BpeEncoder encoder = TOKENIZER.encoder();
        for (int round = 0; round < 2; round++) {
            for (JsonNode sample : Golden.ROOT.path("samples")) {
                byte[] text = sample.path("text").asString().getBytes(StandardCharsets.UTF_8);
                IntList out = new IntList();
                encoder.encode(text, 0, text.length, out);
                assertThat(out.toArray()).isEqualTo(Golden.ids(sample));
            }
        }
    }

    @Test
    void unknownIdsAreAnError() {
        assertThatThrownBy(() -> TOKENIZER.decode(5, TOKENIZER.size()))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("allowed: 0 to " + (TOKENIZER.size() - 1));
        assertThatThrownBy(() -> TOKENIZER.decode(-1)).isInstanceOf(UserException.class);
    }
}
