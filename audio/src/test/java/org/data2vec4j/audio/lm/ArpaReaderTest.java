package org.data2vec4j.audio.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.data2vec4j.core.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArpaReaderTest {
    private static final String ARPA = """
            made by hand

            \\data\\
            ngram 1=5
            ngram 2=4
            ngram 3=2

            \\1-grams:
            -1.0\t<unk>
            -99\t<s>\t-0.5
            -0.7\t</s>
            -0.6\ta\t-0.3
            -5e-1 b -0.2

            \\2-grams:
            -0.2\t<s> a\t-0.1
            -0.4\ta b\t-0.05
            -0.3\tb </s>
            -0.8\tb a

            \\3-grams:
            -0.15\t<s> a b
            -0.25\ta b </s>

            \\end\\
            """;

    @TempDir
    private Path folder;

    private Path file(String text) {
        try {
            return Files.writeString(folder.resolve("model.arpa"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static State after(NgramModel model, State state, String... words) {
        State at = state;
        for (String word : words) {
            at = model.score(at, word).next();
        }
        return at;
    }

    private static void assertLog10(double natural, double log10) {
        assertThat(natural / Math.log(10)).isCloseTo(log10, within(1e-5));
    }

    @Test
    void probabilitiesBackOffAsTheFormatSays() {
        NgramModel model = ArpaReader.read(file(ARPA));
        State start = model.start();
        assertLog10(model.score(start, "a").logProbability(), -0.2);
        assertLog10(model.score(after(model, start, "a"), "b").logProbability(), -0.15);
        State ab = after(model, start, "a", "b");
        assertLog10(model.end(ab), -0.25);
        assertLog10(model.score(ab, "a").logProbability(), -0.05 - 0.8);
        assertLog10(model.score(start, "b").logProbability(), -0.5 - 0.5);
        assertLog10(model.score(after(model, ab, "a"), "b").logProbability(), -0.4); // b a has no back-off, so 1
        assertLog10(model.score(model.empty(), "b").logProbability(), -0.5);
        assertLog10(model.end(start), -0.5 - 0.7);
    }

    @Test
    void wordsThatAreNotListedCountAsUnk() {
        NgramModel model = ArpaReader.read(file(ARPA));
        State ab = after(model, model.start(), "a", "b");
        LanguageModel.Scored unknown = model.score(ab, "x");
        assertThat(unknown.known()).isFalse();
        assertLog10(unknown.logProbability(), -0.05 - 0.2 - 1.0);
        assertLog10(model.score(unknown.next(), "a").logProbability(), -0.6);
        assertThat(model.score(ab, "y").next()).isEqualTo(unknown.next()).hasSameHashCodeAs(unknown.next());
        assertThat(model.knows("x")).isFalse();
        assertThat(model.vocabulary()).containsExactlyInAnyOrder("<unk>", "<s>", "</s>", "a", "b");
        assertThat(model.order()).isEqualTo(3);
        assertThat(List.of(model.size(1), model.size(2), model.size(3))).containsExactly(5, 4, 2);
    }

    @Test
    void withoutUnkAWordThatIsNotListedIsAsGoodAsImpossible() {
        NgramModel model =
                ArpaReader.read(file(ARPA.replace("ngram 1=5", "ngram 1=4").replace("-1.0\t<unk>\n", "")));
        LanguageModel.Scored unknown = model.score(model.start(), "x");
        assertLog10(unknown.logProbability(), -100);
        assertThat(unknown.next()).isEqualTo(model.empty());
    }

    @Test
    void capitalUnkMinusInfinityAndWindowsLinesAreUnderstood() {
        NgramModel model = ArpaReader.read(
                file(ARPA.replace("<unk>", "<UNK>").replace("-99", "-inf").replace("\n", "\r\n")));
        assertLog10(model.score(model.empty(), "x").logProbability(), -1);
        assertLog10(model.score(model.empty(), "<s>").logProbability(), -99);
    }

    @Test
    void gzippedFilesAreToldByTheirBytes() throws IOException {
        Path file = folder.resolve("model");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(ARPA.getBytes(StandardCharsets.UTF_8));
        }
        NgramModel model = ArpaReader.read(file);
        assertLog10(model.score(model.start(), "a").logProbability(), -0.2);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> ArpaReader.read(file))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("truncated");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "ngram 2=4; ngram 2=5; line 21: section \\2-grams: has 4 n-grams, but \\data\\ declares 5",
                "ngram 2=4; ngram 2=3; line 19: section \\2-grams: has more than the 3 n-grams declared",
                "ngram 3=2; ngram 3=2000000000; line 25: section \\3-grams: has 2 n-grams, but \\data\\ declares 2000000000",
                "ngram 3=2; ngram 3=x; line 6: 'x' is no count",
                "ngram 3=2; ngram 4=2; line 6: 'ngram 4=2'; orders must run 1, 2, 3",
                "ngram 3=2; grams; line 6: 'grams' under \\data\\",
                "-0.4\ta b\t; -0.4x\ta b\t; line 17: '-0.4x' is no number",
                "-0.4\ta b\t; NaN\ta b\t; line 17: 'NaN' is no number",
                "-0.4\ta b\t; 0.4\ta b\t; line 17: log-probability 0.4 is above 0",
                "-0.4\ta b\t; -0.4\ta\t; line 17: the word '-0.05' is not among the 1-grams",
                "-0.4\ta b\t; -0.4\ta b a b\t; line 17: a line of \\2-grams: has 6 fields",
                "-0.4\ta b\t; -0.4\ta c\t; line 17: the word 'c' is not among the 1-grams",
                "-0.4\ta b\t; -0.4\tb a\t; line 19: 'b a' is listed twice",
                "-0.6\ta\t; -0.6\tb\t; line 13: 'b' is listed twice",
                "a b </s>; b b </s>; line 23: the context 'b b' is not among the 2-grams",
                "a b </s>; a b </s>\t-0.1; line 23: back-off -0.1 in the highest order",
                "\\end\\; \\4-grams:; line 25: '\\4-grams:' where \\end\\ should stand",
                "\\end\\; ''; the file ends before \\end\\; it is truncated",
                "\\2-grams:; \\3-grams:; line 15: '\\3-grams:' where \\2-grams: should begin",
                "\\data\\; data; the file ends before \\data\\; it is truncated or no ARPA file",
                "</s>; </z>; the 1-grams do not list </s>",
                "<s>; <z>; the 1-grams do not list <s>"
            })
    void whatIsWrongIsNamedWithItsLine(String found, String replacement, String message) {
        String search = found.replace("\\t", "\t");
        assertThat(ARPA).contains(search);
        assertThatThrownBy(() -> ArpaReader.read(file(ARPA.replace(search, replacement))))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("model.arpa")
                .hasMessageContaining(message);
    }

    @Test
    void everyTruncationIsAnError() {
        String whole = ARPA.strip();
        for (int end = 0; end < whole.length(); end++) {
            String part = whole.substring(0, end);
            assertThatThrownBy(() -> ArpaReader.read(file(part))).isInstanceOf(UserException.class);
        }
    }

    @Test
    void filesThatAreNoTextOrNotThereAreNamed() throws IOException {
        Path bytes = Files.write(folder.resolve("bytes"), new byte[] {'a', (byte) 0xC3, (byte) 0x28, '\n'});
        assertThatThrownBy(() -> ArpaReader.read(bytes))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("not UTF-8");
        assertThatThrownBy(() -> ArpaReader.read(folder.resolve("none")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("cannot read the language model");
    }
}
