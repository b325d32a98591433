package org.data2vec4j.audio.ctc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.data2vec4j.audio.ctc.TranscriptEncoder.End;
import org.data2vec4j.audio.ctc.TranscriptEncoder.Unknown;
import org.data2vec4j.core.UserException;
import org.junit.jupiter.api.Test;

class TranscriptEncoderTest {
    private final LetterVocabulary vocabulary = LetterVocabulary.of(List.of("abc")); // blank 0, | 1, a 2, b 3, c 4

    @Test
    void boundariesStandBetweenWordsAndIfWantedAtTheEnd() {
        TranscriptEncoder closed = new TranscriptEncoder(vocabulary, Unknown.REJECT, End.BOUNDARY);
        TranscriptEncoder open = new TranscriptEncoder(vocabulary, Unknown.REJECT, End.LETTER);
        assertThat(closed.encode("u", "ab c")).containsExactly(2, 3, 1, 4, 1);
        assertThat(open.encode("u", "ab c")).containsExactly(2, 3, 1, 4);
        assertThat(open.encode("u", "  a \t|b||\u00a0c ")).containsExactly(2, 1, 3, 1, 4);
        assertThat(closed.encode("u", " ")).isEmpty();
        assertThat(vocabulary.text(closed.encode("u", "ab  c"))).isEqualTo("ab c");
    }

    @Test
    void charactersOutsideTheVocabularyNameTheUtterance() {
        TranscriptEncoder encoder = new TranscriptEncoder(vocabulary, Unknown.REJECT, End.LETTER);
        assertThatThrownBy(() -> encoder.encode("84-1-0003", "aX bé X"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("utterance 84-1-0003")
                .hasMessageContaining("'X' (U+0058), 'é' (U+00E9)");
    }

    @Test
    void skippedUtterancesAreCountedWithTheirCharacters() {
        TranscriptEncoder encoder = new TranscriptEncoder(vocabulary, Unknown.SKIP, End.LETTER);
        assertThat(encoder.report()).isEmpty();
        assertThat(encoder.encode("one", "axx")).isNull();
        assertThat(encoder.encode("two", "abc")).containsExactly(2, 3, 4);
        assertThat(encoder.encode("three", "yx")).isNull();
        assertThat(encoder.skipped()).isEqualTo(2);
        assertThat(encoder.report())
                .isEqualTo("2 utterances skipped for characters outside the letter vocabulary:"
                        + " 'x' (U+0078) in 2, 'y' (U+0079) in 1");
    }
}
