package org.data2vec4j.audio.ctc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.data2vec4j.core.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LetterVocabularyTest {
    @TempDir
    private Path folder;

    @Test
    void transcriptsGiveBlankBoundaryAndSortedLetters() {
        LetterVocabulary vocabulary = LetterVocabulary.of(List.of("the cat", "a\tbat|é"));
        assertThat(vocabulary.symbols()).containsExactly("<blank>", "|", "a", "b", "c", "e", "h", "t", "é");
        assertThat(vocabulary.blank()).isZero();
        assertThat(vocabulary.boundary()).isEqualTo(1);
        assertThat(vocabulary.size()).isEqualTo(9);
        assertThat(vocabulary.isText(0)).isFalse();
        assertThat(vocabulary.isText(1)).isTrue();
    }

    @Test
    void theBlankGoesWhereItIsWanted() {
        LetterVocabulary last = LetterVocabulary.of(List.of("ab"), 3);
        assertThat(last.symbols()).containsExactly("|", "a", "b", "<blank>");
        assertThat(last.blank()).isEqualTo(3);
        assertThatThrownBy(() -> LetterVocabulary.of(List.of("ab"), 4))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("blank index is 4; allowed: 0 to 3");
    }

    @Test
    void decomposedLettersAreTheSameLetter() {
        LetterVocabulary vocabulary = LetterVocabulary.of(List.of("e\u0301")); // e and a combining accent
        assertThat(vocabulary.symbols()).contains("\u00e9").hasSize(3);
        assertThat(vocabulary.missing("\u00e9 e\u0301 x e x")).containsExactly("x", "e");
    }

    @Test
    void lettersBeyondTheBasicPlaneAreOneLetter() {
        LetterVocabulary vocabulary = LetterVocabulary.of(List.of("𐐷a"));
        assertThat(vocabulary.index("𐐷")).isEqualTo(3);
        assertThat(vocabulary.text(new int[] {3, 2})).isEqualTo("𐐷a");
    }

    @Test
    void textHasSingleSpacesAndNoneAtTheEnds() {
        LetterVocabulary vocabulary = LetterVocabulary.of(List.of("ab"));
        assertThat(vocabulary.text(new int[] {1, 2, 1, 1, 3, 1})).isEqualTo("a b");
        assertThat(vocabulary.text(new int[] {})).isEmpty();
    }

    @Test
    void badVocabulariesAreRejected() {
        assertThatThrownBy(() -> new LetterVocabulary(List.of("-", "a"), 0)).hasMessageContaining("no word boundary");
        assertThatThrownBy(() -> new LetterVocabulary(List.of("|", "a"), 0)).hasMessageContaining("no word boundary");
        assertThatThrownBy(() -> new LetterVocabulary(List.of("-", "a", "a", "|"), 0))
                .hasMessageContaining("'a' twice");
        assertThatThrownBy(() -> new LetterVocabulary(List.of("-", "|"), -1)).hasMessageContaining("allowed: 0 to 1");
    }

    @Test
    void fairseqDictionariesGetTheirFourSymbolsInFront() throws IOException {
        Path file = Files.writeString(folder.resolve("dict.ltr.txt"), "| 94802\nE 51860\nmadeupword0000 0\n\n' 5\n");
        LetterVocabulary vocabulary = FairseqLetterDictionary.read(file);
        assertThat(vocabulary.symbols())
                .containsExactly("<s>", "<pad>", "</s>", "<unk>", "|", "E", "madeupword0000", "'");
        assertThat(vocabulary.blank()).isZero();
        assertThat(vocabulary.boundary()).isEqualTo(4);
        assertThat(List.of(1, 2, 3, 6)).noneMatch(vocabulary::isText);
        assertThat(vocabulary.index("'")).isEqualTo(7);
        assertThat(vocabulary.index("<pad>")).isEqualTo(-1);
    }

    @Test
    void badDictionariesAreNamedWithTheirLine() throws IOException {
        Path words = Files.writeString(folder.resolve("words.txt"), "| 1\nE many\n");
        assertThatThrownBy(() -> FairseqLetterDictionary.read(words))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("words.txt, line 2: 'E many'");
        Path open = Files.writeString(folder.resolve("open.txt"), "E 1\n");
        assertThatThrownBy(() -> FairseqLetterDictionary.read(open))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("open.txt")
                .hasMessageContaining("no word boundary");
        assertThatThrownBy(() -> FairseqLetterDictionary.read(folder.resolve("none")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("none");
    }
}
