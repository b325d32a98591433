package org.data2vec4j.audio.ctc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.data2vec4j.audio.ctc.ForcedAlignment.Span;
import org.junit.jupiter.api.Test;

class GreedyDecoderTest {
    private final LetterVocabulary vocabulary = LetterVocabulary.of(List.of("ab")); // blank 0, | 1, a 2, b 3

    /** Emissions whose most probable symbols are these, each with probability 0.7. */
    private static float[][] saying(int... symbols) {
        float[][] logs = new float[symbols.length][4];
        for (int t = 0; t < symbols.length; t++) {
            Arrays.fill(logs[t], (float) Math.log(0.1));
            logs[t][symbols[t]] = (float) Math.log(0.7);
        }
        return logs;
    }

    @Test
    void runsAreOneLetterAndBlanksPartTwins() {
        Hypothesis read = new GreedyDecoder(vocabulary).decode(saying(0, 2, 2, 0, 2, 1, 1, 3, 0));
        assertThat(read.text()).isEqualTo("aa b");
        assertThat(read.letters())
                .containsExactly(new Span(2, 1, 2), new Span(2, 4, 4), new Span(1, 5, 6), new Span(3, 7, 7));
        assertThat(read.words()).containsExactly(new Hypothesis.Word("aa", 1, 4), new Hypothesis.Word("b", 7, 7));
        assertThat(read.labelling()).containsExactly(2, 2, 1, 3);
        assertThat(read.score()).isCloseTo(9 * Math.log(0.7), within(1e-6));
        assertThat(read.complete()).isTrue();
    }

    @Test
    void equalsGoToTheLowestIndex() {
        float quarter = (float) Math.log(0.25);
        assertThat(new GreedyDecoder(vocabulary)
                        .decode(new float[][] {{quarter, quarter, quarter, quarter}})
                        .text())
                .isEmpty();
        LetterVocabulary last = LetterVocabulary.of(List.of("ab"), 3);
        assertThat(new GreedyDecoder(last)
                        .decode(new float[][] {{-9, quarter, quarter, quarter}})
                        .text())
                .isEqualTo("a");
    }

    @Test
    void symbolsThatAreNoTextAreNeverSaid() {
        LetterVocabulary padded = new LetterVocabulary(List.of("<s>", "<pad>", "|", "a"), 0);
        float[][] logs = saying(1, 3);
        assertThat(new GreedyDecoder(padded).decode(logs).text()).isEqualTo("a");
    }

    @Test
    void noFramesAreNoText() {
        Hypothesis read = new GreedyDecoder(vocabulary).decode(new float[0][]);
        assertThat(read.text()).isEmpty();
        assertThat(read.score()).isZero();
    }

    @Test
    void emissionsMustBeLogProbabilitiesOfTheVocabulary() {
        GreedyDecoder decoder = new GreedyDecoder(vocabulary);
        assertThatThrownBy(() -> decoder.decode(new float[][] {{-1, -1}}))
                .hasMessageContaining("frame 0 has 2 emissions for a vocabulary of 4");
        assertThatThrownBy(() -> decoder.decode(new float[][] {{-1, -1, -1, 3}}))
                .hasMessageContaining("log-softmax");
    }
}
