package org.data2vec4j.text.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.data2vec4j.core.Rng;
import org.data2vec4j.core.UserException;
import org.data2vec4j.text.tokenizer.SpecialIds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelledTextTest {
    @TempDir
    Path folder;

    private final List<String> warnings = new ArrayList<>();

    @Test
    void linesOfLabelAndSentence() throws IOException {
        Path train = write("train.txt", "10 ten \"words\n2 two\r\n\nnothing\n 3\n10 again  é\n");
        LabelledData data = LabelledLines.read(train, warnings::add);
        assertThat(data.task().classes()).containsExactly("2", "10");
        assertThat(data.texts())
                .containsExactly(
                        new LabelledText("ten \"words", null, 1),
                        new LabelledText("two", null, 0),
                        new LabelledText("again  é", null, 1));
        assertThat(data.skipped()).isEqualTo(2);
        assertThat(data.complaints())
                .containsExactly(
                        train + ":4: not a label, a tab or space, and a sentence in UTF-8",
                        train + ":5: not a label, a tab or space, and a sentence in UTF-8");
        Path test = write("test.txt", "2 fine\n7 what\n");
        assertThatThrownBy(() -> LabelledLines.read(test, data.task(), warnings::add))
                .isInstanceOf(UserException.class)
                .hasMessage(test + ":2: the label is '7'; allowed: 2, 10");
        Path one = write("one.txt", "a b\na c\n");
        assertThatThrownBy(() -> LabelledLines.read(one, warnings::add)).hasMessageContaining("has 1 classes");
        Path names = write("names.txt", "pos b\nneg c\n");
        assertThat(LabelledLines.read(names, warnings::add).task().classes()).containsExactly("neg", "pos");
        Path empty = write("empty.txt", "");
        assertThatThrownBy(() -> LabelledLines.read(empty, warnings::add)).hasMessageContaining("the file is empty");
    }

    /** A header, a row of it, and what it means; '|' stands for a tab, '~' for nothing. */
    @ParameterizedTest
    @CsvSource({
        "CoLA, ~, gj04|1||He said \"hi., He said \"hi., ~, 1",
        "CoLA, index|sentence, 0|A \" quote, A \" quote, ~, NaN",
        "SST-2, sentence|label, it 's good |1, it 's good , ~, 1",
        "SST-2, index|sentence, 7|fine, fine, ~, NaN",
        "MRPC, Quality|#1 ID|#2 ID|#1 String|#2 String, 0|1|2|a b|c \"d, a b, c \"d, 0",
        "MRPC, index|#1 ID|#2 ID|#1 String|#2 String, 0|1|2|a|b, a, b, NaN",
        "sts-b, index|genre|filename|year|old_index|source1|source2|sentence1|sentence2|score,"
                + " 0|g|f|y|1|n|n|a|b|3.750, a, b, 3.75",
        "STSB, index|genre|filename|year|old_index|source1|source2|sentence1|sentence2, 0|g|f|y|1|n|n|a|b, a, b, NaN",
        "QQP, id|qid1|qid2|question1|question2|is_duplicate, 1|2|3|what?|why?|1, what?, why?, 1",
        "QQP, id|question1|question2, 1|what?|why?, what?, why?, NaN",
        "MNLI, index|promptID|pairID|genre|sentence1_binary_parse|sentence2_binary_parse|sentence1_parse|sentence2_parse"
                + "|sentence1|sentence2|label1|gold_label, 0|1|2|g|p|p|p|p|a|b|neutral|contradiction, a, b, 2",
        "MNLI, index|promptID|pairID|genre|sentence1_binary_parse|sentence2_binary_parse|sentence1_parse|sentence2_parse"
                + "|sentence1|sentence2|label1|label2|label3|label4|label5|gold_label,"
                + " 0|1|2|g|p|p|p|p|a|b|neutral|neutral|neutral|neutral|neutral|neutral, a, b, 1",
        "MNLI, index|promptID|pairID|genre|sentence1_binary_parse|sentence2_binary_parse|sentence1_parse|sentence2_parse"
                + "|sentence1|sentence2, 0|1|2|g|p|p|p|p|a|b, a, b, NaN",
        "QNLI, index|question|sentence|label, 0|q|s|not_entailment, q, s, 1",
        "QNLI, index|question|sentence, 0|q|s, q, s, NaN",
        "RTE, index|sentence1|sentence2|label, 0|a|b|entailment, a, b, 0",
        "RTE, index|sentence1|sentence2, 0|a|b, a, b, NaN"
    })
    void everyPublishedLayoutOfGlue(String task, String header, String row, String first, String second, float target)
            throws IOException {
        String text = (header.equals("~") ? "" : header + "\n") + row + "\n";
        Path file = write("x.tsv", text.replace('|', '\t'));
        LabelledData data = GlueFile.read(GlueTask.named(task), file, warnings::add);
        assertThat(data.texts()).hasSize(1);
        LabelledText only = data.texts().get(0);
        assertThat(only.first().strip()).isEqualTo(first.strip());
        assertThat(only.second()).isEqualTo(second.equals("~") ? null : second);
        assertThat(only.target()).isEqualTo(Float.valueOf(target)); // as objects: NaN is NaN
        assertThat(data.skipped()).isZero();
    }

    @Test
    void malformedRowsAreSkippedAndWrongLabelsStop() throws IOException {
        String good = "1\t2\t3\ta\tb\t0\n";
        String header = "\uFEFFid\tqid1\tqid2\tquestion1\tquestion2\tis_duplicate\n";
        Path file = write("train.tsv", header + good + "1\t2\t3\ta\n\n" + good + "1\t2\t3\ta\tb\t0\t9\n");
        LabelledData data = GlueFile.read(GlueTask.QQP, file, warnings::add);
        assertThat(data.texts()).hasSize(2);
        assertThat(data.skipped()).isEqualTo(2);
        assertThat(warnings)
                .containsExactly(
                        "skipped " + file + ":3: 4 fields instead of 6",
                        "skipped " + file + ":6: 7 fields instead of 6");
        Path wrong = write("train.tsv", header + good + "1\t2\t3\ta\tb\tmaybe\n");
        assertThatThrownBy(() -> GlueFile.read(GlueTask.QQP, wrong, warnings::add))
                .isInstanceOf(UserException.class)
                .hasMessage(wrong + ":3: the label is 'maybe'; allowed: 0, 1");
        Path other = write("train.tsv", "a\tb\n1\t2\n");
        assertThatThrownBy(() -> GlueFile.read(GlueTask.RTE, other, warnings::add))
                .hasMessage(other + ":1: there is no column 'sentence1' in the header of RTE; found: a, b");
        Path score = write("train.tsv", "sentence1\tsentence2\tscore\na\tb\t5.5\n");
        assertThatThrownBy(() -> GlueFile.read(GlueTask.STSB, score, warnings::add))
                .hasMessage(score + ":2: the label is 5.5; allowed: 0.0 to 5.0");
        Path word = write("train.tsv", "sentence1\tsentence2\tscore\na\tb\thigh\n");
        assertThatThrownBy(() -> GlueFile.read(GlueTask.STSB, word, warnings::add))
                .hasMessageContaining("a number");
        Path bare = write("train.tsv", header);
        assertThatThrownBy(() -> GlueFile.read(GlueTask.QQP, bare, warnings::add))
                .hasMessage(bare + " has no labelled text");
        Files.write(bare, (header + "1\t2\t3\tcaf\u00e9\tb\t0\n").getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> GlueFile.read(GlueTask.QQP, bare, warnings::add))
                .isInstanceOf(UserException.class);
        assertThatThrownBy(() -> GlueTask.named("wnli")).hasMessageContaining("allowed: CoLA, SST-2");
    }

    @Test
    void longRowsAreOneSkip() throws IOException {
        String row = "x".repeat(3 << 20) + "\t1\n";
        Path file = write("train.tsv", "sentence\tlabel\n" + row + "good\t0\n");
        LabelledData data = GlueFile.read(GlueTask.SST2, file, warnings::add);
        assertThat(data.texts()).containsExactly(new LabelledText("good", null, 0));
        assertThat(data.complaints()).containsExactly(file + ":2: too long a line, or not UTF-8");
        Path lines = write("train.txt", "0 " + "x ".repeat(1 << 20) + "\n1 good\n0 bad\n");
        assertThat(LabelledLines.read(lines, warnings::add).skipped()).isEqualTo(1);
    }

    @Test
    void tasksSayHowTheyAreMeasured() {
        assertThat(GlueTask.COLA.task().metrics()).containsExactly("matthews");
        assertThat(GlueTask.STSB.task().kind()).isEqualTo(TextTask.Kind.REGRESSION);
        assertThat(GlueTask.MNLI.task().classes()).hasSize(3);
        assertThatThrownBy(() -> TextTask.classification("x", List.of("a"))).isInstanceOf(UserException.class);
    }

    @Test
    void pairsAreCutFromTheLonger() {
        PairEncoding encoding = new PairEncoding(new SpecialIds(0, 1, 2, 3, 4), 12);
        assertThat(encoding.encode(new int[] {10, 11}, null)).containsExactly(0, 10, 11, 2);
        assertThat(encoding.encode(new int[] {10}, new int[] {20, 21})).containsExactly(0, 10, 2, 2, 20, 21, 2);
        assertThat(encoding.encode(new int[] {}, new int[] {})).containsExactly(0, 2, 2, 2);
        Rng rng = Rng.of(5, 5);
        for (int i = 0; i < 500; i++) {
            PairEncoding cut = new PairEncoding(new SpecialIds(0, 1, 2, 3, 4), 8 + rng.nextInt(6));
            int a = rng.nextInt(15);
            int b = rng.nextInt(15);
            int keptA = a;
            int keptB = b;
            while (keptA + keptB + 4 > cut.length()) { // as it is defined
                if (keptA > keptB) {
                    keptA--;
                } else {
                    keptB--;
                }
            }
            int[] tokens = cut.encode(
                    IntStream.range(100, 100 + a).toArray(),
                    IntStream.range(200, 200 + b).toArray());
            assertThat(tokens)
                    .isEqualTo(IntStream.concat(
                                    IntStream.concat(
                                            IntStream.concat(IntStream.of(0), IntStream.range(100, 100 + keptA)),
                                            IntStream.of(2, 2)),
                                    IntStream.concat(IntStream.range(200, 200 + keptB), IntStream.of(2)))
                            .toArray());
        }
        int[] single = encoding.encode(IntStream.range(100, 150).toArray(), null);
        assertThat(single).hasSize(12).endsWith(109, 2);
        assertThatThrownBy(() -> new PairEncoding(new SpecialIds(0, 1, 2, 3, 4), 7))
                .isInstanceOf(UserException.class);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
