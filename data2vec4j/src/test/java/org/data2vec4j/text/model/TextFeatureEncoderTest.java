package org.data2vec4j.text.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.Tiny;
import org.data2vec4j.model.TinySequences;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.mask.Compat;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.tensor.Tensors;
import org.junit.jupiter.api.Test;

class TextFeatureEncoderTest {
    private final TextFeatureEncoder featureEncoder =
            new TextFeatureEncoder(TinySequences.text(Compat.NONE), Tiny.WIDTH);

    @Test
    void lengthsAreCountedWhereTheyAreNotGiven() {
        Input texts = TinySequences.texts();
        Layout counted = featureEncoder.layout(new Input(texts.source(), texts.ids()));
        for (int i = 0; i < 3; i++) {
            assertThat(counted.length(i)).isEqualTo(featureEncoder.layout(texts).length(i));
        }
    }

    @Test
    void tokensThatBeginAndEndATextAreNeverMaskedUnlessAskedFor() {
        Input texts = TinySequences.texts();
        assertThat(featureEncoder.layout(texts).maskable(1)).containsExactly(1, 2, 3);
        TextConfig all = new TextConfig(30, 24, 0, 1, 2, 1e-5, 0, true, Compat.NONE);
        assertThat(new TextFeatureEncoder(all, Tiny.WIDTH).layout(texts).maskable(1))
                .containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void theSameTokenInAnotherPlaceIsAnotherToken() {
        Tiny.placed(featureEncoder);
        Input input = new Input(Tensors.of(new long[] {5, 5, 6}, 1, 3), new long[1]);
        var tokens = featureEncoder.tokens(input, featureEncoder.layout(input)).select(0, 0);
        assertThat(Tiny.row(tokens, 0)).isNotEqualTo(Tiny.row(tokens, 1));
    }

    @Test
    void withoutLearnedPlacesATokenIsTheSameEverywhereAndNoTextIsTooLong() {
        TextConfig placeless = new TextConfig(30, 24, TextPositions.NONE, 0, 1, 2, 1e-5, 0, false, Compat.NONE);
        TextFeatureEncoder bare = new TextFeatureEncoder(placeless, Tiny.WIDTH);
        Weights weights = Tiny.placed(bare);
        assertThat(weights.parameters()).doesNotContainKey("m.places.weight");
        long[] tokens = new long[30];
        Arrays.fill(tokens, 5);
        Input input = new Input(Tensors.of(tokens, 1, 30), new long[1]);
        var embedded = bare.tokens(input, bare.layout(input)).select(0, 0);
        assertThat(Tiny.row(embedded, 0)).isEqualTo(Tiny.row(embedded, 29));
    }

    @Test
    void thePaddingEntryLearnsNothing() {
        Weights weights = Tiny.placed(featureEncoder);
        weights.trainable();
        Input texts = TinySequences.texts();
        featureEncoder
                .tokens(texts, featureEncoder.layout(texts))
                .square()
                .sum()
                .mul(0.5)
                .backward();
        var gradient = weights.parameter("m.tokens.weight").value().grad();
        assertThat(Tiny.row(gradient, 1)).containsOnly(0);
        assertThat(Tiny.row(gradient, 8)).isNotEqualTo(Tiny.row(gradient, 1)); // a token of the first text
    }

    @Test
    void tooLongTextsAndOverlappingNumbersAreRefused() {
        Input input = new Input(Tensors.of(new long[25], 1, 25), new long[1]);
        assertThatThrownBy(() -> featureEncoder.tokens(input, featureEncoder.layout(input)))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("25 tokens is longer than text.max_positions, 24");
        assertThatThrownBy(() -> new TextConfig(30, 24, 0, 0, 2, 1e-5, 0, false, Compat.NONE))
                .hasMessageContaining("pad is 0");
        assertThatThrownBy(() -> new TextConfig(30, 24, 0, 1, 30, 1e-5, 0, false, Compat.NONE))
                .hasMessageContaining("end is 30");
    }
}
