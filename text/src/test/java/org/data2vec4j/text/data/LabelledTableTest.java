package org.data2vec4j.text.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.core.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledTableTest {
    @TempDir
    Path folder;

    private final List<String> warnings = new ArrayList<>();

    private String write(String name, String text) throws IOException {
        return Files.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private LabelledData read(String file) {
        return SentenceData.train(file, "", LabelColumns.USUAL, warnings::add);
    }

    @Test
    void aLabelNeverHoldsATab() throws IOException {
        LabelledData data = read(write("tab.txt", "neg\tawful story\npos\ta fine one\nneg\tbad\n"));
        assertThat(data.task().classes()).containsExactly("neg", "pos");
        assertThat(data.texts().get(0).first()).isEqualTo("awful story");
        LabelledData mixed = read(write("mixed.txt", "neg awful\tstory\npos\ta fine one\nneg bad\n"));
        assertThat(mixed.task().classes()).containsExactly("neg", "pos");
        LabelledData words = read(write("words.tsv", "very bad\tawful story\nvery good\ta fine one\n"));
        assertThat(words.task().classes()).containsExactly("very bad", "very good");
        assertThat(warnings).isEmpty();
    }

    @Test
    void aHeaderIsSaidToBeOne() throws IOException {
        LabelledData data = read(write("head.txt", "label text\nneg awful\npos fine\n"));
        assertThat(data.task().classes()).containsExactly("neg", "pos");
        assertThat(warnings).singleElement().asString().contains("head.txt:1").contains("names of columns");
    }

    @Test
    void tablesWithHeaders() throws IOException {
        for (String file : List.of(
                write("a.csv", "id,text,label\n1,\"awful, really\",neg\n2,fine,pos\n"),
                write("a.tsv", "text\tlabel\nawful, really\tneg\nfine\tpos\n"),
                write("a.txt", "label\ttext\nneg\tawful, really\npos\tfine\n"),
                write(
                        "a.jsonl",
                        "{\"text\": \"awful, really\", \"label\": \"neg\"}\n{\"text\": \"fine\", \"label\": \"pos\"}\n"))) {
            LabelledData data = read(file);
            assertThat(data.task().classes()).as(file).containsExactly("neg", "pos");
            assertThat(data.texts().get(0)).isEqualTo(new LabelledText("awful, really", null, 0));
        }
        LabelledData pairs = read(write("p.csv", "premise,hypothesis,label\na,b,0\nc,d,1\ne,f,\n"));
        assertThat(pairs.texts().get(1)).isEqualTo(new LabelledText("c", "d", 1));
        assertThat(pairs.skipped()).isEqualTo(1);
        assertThat(warnings).anySatisfy(line -> assertThat(line).contains("line 4"));
    }

    @Test
    void columnsByName() throws IOException {
        String file = write("a.csv", "body,stars,label\nawful,1,x\nfine,5,x\n");
        LabelColumns columns = new LabelColumns("body", "stars");
        LabelledData data = SentenceData.train(file, "", columns, warnings::add);
        assertThat(data.task().classes()).containsExactly("1", "5");
        LabelledData test = SentenceData.test(file, "", columns, data.task(), warnings::add);
        assertThat(test.texts().get(1)).isEqualTo(new LabelledText("fine", null, 1));
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("has the columns body, stars, label")
                .hasMessageContaining("text=COLUMN");
        assertThatThrownBy(() -> read(folder.resolve("gone.csv").toString())).hasMessageContaining("does not exist");
        assertThatThrownBy(() -> read(folder.toString())).hasMessageContaining("is a folder");
    }
}
