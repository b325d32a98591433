package org.data2vec4j.model.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.TinySequences;
import org.data2vec4j.text.model.TextConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenReplacementTest {
    private static final TextConfig TEXT = TinySequences.text(Compat.NONE); // 30 numbers; 0, 1 and 2 are special
    private static final int TOKEN = 29;
    private static final int SIZE = 2000;

    private static int[] specials(TextConfig text) {
        return new int[] {text.begin(), text.pad(), text.end()};
    }

    private static TokenReplacement draw(TokenReplacementConfig config, long[] tokens, long update, long... ids) {
        MaskBatch masks =
                MaskBatch.draw(new RandomMask(0.5), new Grid(1, tokens.length / ids.length), 1, update, ids, 1);
        return TokenReplacement.draw(config, TEXT.vocabulary(), specials(TEXT), masks, tokens, 5, update, ids);
    }

    private static long[] words(int count) {
        return LongStream.range(0, count).map(i -> 3 + i % 26).toArray();
    }

    @ParameterizedTest
    @CsvSource({"0.8,0.1", "1,0", "0,1", "0,0", "0.3,0.7"})
    void maskedTokensAreReplacedInTheGivenShares(double masked, double random) {
        long[] tokens = words(4 * SIZE);
        TokenReplacement text = draw(new TokenReplacementConfig(TOKEN, masked, random), tokens, 3, 11, 12, 13, 14);
        int hidden = 0;
        int changed = 0;
        for (int i = 0; i < tokens.length; i++) {
            if (!text.masks().masked(i / SIZE, i % SIZE)) {
                assertThat(text.tokens()[i]).as("a visible token").isEqualTo(tokens[i]);
            } else if (text.tokens()[i] == TOKEN) {
                hidden++;
            } else if (text.tokens()[i] != tokens[i]) {
                changed++;
                assertThat(text.tokens()[i]).isBetween(3L, 28L);
            }
        }
        double all = text.masks().masked();
        assertThat(all).isEqualTo(tokens.length / 2.0);
        assertThat(hidden / all).isCloseTo(masked, offset(0.03));
        // A random word is the word itself once in 26 times.
        assertThat(changed / all).isCloseTo(random * 25 / 26, offset(0.03));
    }

    @Test
    void everyWordIsDrawnAndNoSpecialToken() {
        TextConfig odd = new TextConfig(12, 24, 5, 0, 9, 1e-5, 0, false, Compat.NONE);
        MaskBatch masks = MaskBatch.draw(new RandomMask(0.5), new Grid(1, SIZE), 1, 0, new long[] {1}, 1);
        long[] tokens = new long[SIZE]; // all padding, which is never a random word
        TokenReplacement text = TokenReplacement.draw(
                new TokenReplacementConfig(4, 0, 1), odd.vocabulary(), specials(odd), masks, tokens, 5, 0, new long[] {1
                });
        assertThat(Arrays.stream(text.tokens()).distinct().sorted())
                .containsExactly(0L, 1L, 2L, 3L, 6L, 7L, 8L, 10L, 11L);
        long ones = Arrays.stream(text.tokens()).filter(token -> token == 1).count();
        assertThat(ones / (SIZE / 2.0)).as("one of eight").isCloseTo(0.125, offset(0.04));
    }

    @Test
    void replacementsAreKeyedByUpdateAndSample() {
        long[] tokens = words(100);
        TokenReplacementConfig config = new TokenReplacementConfig(TOKEN, 0.5, 0.5);
        long[] alone = draw(config, tokens, 3, 11).tokens();
        long[] both = new long[200];
        System.arraycopy(words(100), 0, both, 0, 100);
        System.arraycopy(tokens, 0, both, 100, 100);
        assertThat(Arrays.copyOfRange(draw(config, both, 3, 99, 11).tokens(), 100, 200))
                .containsExactly(alone);
        assertThat(draw(config, tokens, 4, 11).tokens()).isNotEqualTo(alone);
        assertThat(draw(config, tokens, 3, 12).tokens()).isNotEqualTo(alone);
        assertThat(tokens).as("the text itself").containsExactly(words(100));
    }

    @Test
    void tokensAreOneToAPlace() {
        MaskBatch masks = MaskBatch.of(new boolean[6], Layout.of(Grid.row(3), 2), 1);
        assertThatThrownBy(() -> new TokenReplacement(masks, new long[5])).isInstanceOf(IllegalArgumentException.class);
        MaskBatch clones = MaskBatch.of(new boolean[6], Layout.of(Grid.row(3), 1), 2);
        assertThatThrownBy(() -> new TokenReplacement(clones, new long[6])).hasMessageContaining("2 to a text");
    }

    @Test
    void illegalSettingsNameTheField() {
        assertThatThrownBy(() -> new TokenReplacementConfig(-1, 0.8, 0.1)).hasMessageStartingWith("token is -1");
        assertThatThrownBy(() -> new TokenReplacementConfig(4, 1.1, 0)).hasMessageStartingWith("masked is 1.1");
        assertThatThrownBy(() -> new TokenReplacementConfig(4, 0, -0.1)).hasMessageStartingWith("random is -0.1");
        assertThatThrownBy(() -> new TokenReplacementConfig(4, 0.8, 0.3))
                .isInstanceOf(UserException.class)
                .hasMessage("masked is 0.8 and random 0.3; together they may be 1 at most");
        assertThatThrownBy(() -> new TokenReplacementConfig(30, 0.8, 0.1).checkFits(TEXT.vocabulary(), specials(TEXT)))
                .hasMessageContaining("allowed: 0 to 29");
        for (int special = 0; special < 3; special++) {
            TokenReplacementConfig clash = new TokenReplacementConfig(special, 0.8, 0.1);
            assertThatThrownBy(() -> clash.checkFits(TEXT.vocabulary(), specials(TEXT)))
                    .hasMessageContaining("another special token");
        }
        TextConfig wordless = new TextConfig(4, 24, 0, 1, 2, 1e-5, 0, false, Compat.NONE);
        assertThatThrownBy(() ->
                        new TokenReplacementConfig(3, 0.8, 0.1).checkFits(wordless.vocabulary(), specials(wordless)))
                .hasMessageContaining("all of them special tokens");
        new TokenReplacementConfig(3, 0.8, 0).checkFits(wordless.vocabulary(), specials(wordless));
    }
}
