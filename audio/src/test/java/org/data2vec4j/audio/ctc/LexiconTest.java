package org.data2vec4j.audio.ctc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.core.Rng;
import org.data2vec4j.core.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LexiconTest {
    private final LetterVocabulary vocabulary = LetterVocabulary.of(List.of("abc")); // blank 0, | 1, a 2, b 3, c 4

    @TempDir
    private Path folder;

    private static List<String> words(Lexicon lexicon, int... letters) {
        int node = Lexicon.ROOT;
        for (int letter : letters) {
            node = lexicon.child(node, letter);
            if (node < 0) {
                return List.of("no path");
            }
        }
        return lexicon.words(node);
    }

    @Test
    void filesGiveSpellings() throws IOException {
        Path file = folder.resolve("lexicon.txt");
        Files.writeString(file, "AB\ta b |\nAB\ta c |\n\nAbee a b\nAB\ta b |\n");
        Lexicon lexicon = Lexicon.read(file, vocabulary);
        assertThat(lexicon.size()).isEqualTo(3);
        assertThat(words(lexicon, 2, 3)).containsExactly("AB", "Abee");
        assertThat(words(lexicon, 2, 4)).containsExactly("AB");
        assertThat(words(lexicon, 2)).isEmpty();
        assertThat(words(lexicon, 3)).containsExactly("no path");
    }

    @ParameterizedTest
    @CsvSource({
        "'A\ta x |', line 2: the word 'A' is spelled with 'x'",
        "'A\ta | b', line 2: the word 'A' is spelled with '|'",
        "'A\tab |', line 2: the word 'A' is spelled with 'ab'",
        "'A\t|', line 2: the word 'A' has no letters"
    })
    void badLinesAreNamed(String line, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("lexicon.txt"), "C\tc |\n" + line + "\n");
        assertThatThrownBy(() -> Lexicon.read(file, vocabulary))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("lexicon.txt, " + message);
    }

    @Test
    void emptyAndMissingFilesAreNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("empty.txt"), "\n");
        assertThatThrownBy(() -> Lexicon.read(file, vocabulary)).hasMessageContaining("empty.txt has no words");
        assertThatThrownBy(() -> Lexicon.read(folder.resolve("none"), vocabulary))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("it does not exist");
        assertThatThrownBy(() -> Lexicon.of(List.of("abd"), vocabulary)).hasMessageContaining("'d'");
    }

    @Test
    void manyWordsAreAllFoundAndNoOthers() {
        Rng rng = Rng.of(21);
        List<String> words = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            StringBuilder word = new StringBuilder();
            for (int n = 1 + rng.nextInt(12); n > 0; n--) {
                word.append("abc".charAt(rng.nextInt(3)));
            }
            words.add(word.toString());
        }
        Lexicon lexicon = Lexicon.of(words, vocabulary);
        assertThat(lexicon.size()).isEqualTo((int) words.stream().distinct().count());
        for (String word : words) {
            assertThat(words(lexicon, word.chars().map(c -> c - 'a' + 2).toArray()))
                    .containsExactly(word);
        }
    }

    @Test
    void aWordAloneIsSpelledAsItIsWritten(@org.junit.jupiter.api.io.TempDir Path folder) throws Exception {
        LetterVocabulary letters = LetterVocabulary.of(List.of("AB BA"));
        Path file = Files.writeString(folder.resolve("words.txt"), "AB\nBA\tB A |\n");
        assertThat(Lexicon.read(file, letters).size()).isEqualTo(2);
        int a = Lexicon.read(file, letters).child(Lexicon.ROOT, letters.index("A"));
        Lexicon lexicon = Lexicon.read(file, letters);
        assertThat(lexicon.words(lexicon.child(a, letters.index("B")))).containsExactly("AB");
    }
}
