package org.data2vec4j.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.PassedOver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextTablesTest {
    @TempDir
    Path folder;

    private Path write(String name, String text) throws IOException {
        return Files.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aByteOrderMarkIsNoText() throws IOException {
        assertThat(Utf8Lines.of(write("a.txt", "\uFEFFone\r\ntwo\rthree"))).containsExactly("one", "two", "three");
        assertThat(Utf8Lines.of(write("b.txt", "one\n\n"))).containsExactly("one", "");
        assertThat(Utf8Lines.of(write("c.txt", ""))).isEmpty();
        assertThat(Utf8Lines.text("\uFEFFhi".getBytes(StandardCharsets.UTF_8))).isEqualTo("hi");
        assertThat(TableReader.rows(write("d.csv", "\uFEFFa,b\n1,2\n")).get(0).values())
                .containsOnlyKeys("a", "b");
        assertThat(TableReader.rows(write("e.jsonl", "\uFEFF{\"a\": 1}\n"))
                        .get(0)
                        .values())
                .isEqualTo(Map.of("a", "1"));
    }

    @Test
    void whatIsNotUtf8IsNamedByItsLine() throws IOException {
        Path latin =
                Files.write(folder.resolve("latin.txt"), "fine\nna\u00efve\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> Utf8Lines.of(latin))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("latin.txt, line 2 is not UTF-8");
        Path wide = Files.write(folder.resolve("wide.txt"), "\uFEFFfine\n".getBytes(StandardCharsets.UTF_16LE));
        assertThatThrownBy(() -> Utf8Lines.of(wide)).hasMessageContaining("is UTF-16");
        assertThat(Utf8Lines.text(new byte[] {'a', (byte) 0xE9})).isNull();
        assertThatThrownBy(() -> Utf8Lines.of(folder.resolve("gone.txt"))).hasMessageContaining("it does not exist");
    }

    @Test
    void quotesOfCommaAndTabSeparatedValues() throws IOException {
        List<TableRow> rows =
                TableReader.rows(write("a.csv", "text,label\n\"a, \"\"b\"\"\nc\",1\n\nplain \"word\",2\n,3\n"));
        assertThat(rows).hasSize(3);
        assertThat(rows.get(0).values()).isEqualTo(Map.of("text", "a, \"b\"\nc", "label", "1"));
        assertThat(rows.get(0).place()).endsWith("line 2");
        assertThat(rows.get(1).values()).containsEntry("text", "plain \"word\"");
        assertThat(rows.get(2).values()).isEqualTo(Map.of("label", "3"));
        rows = TableReader.rows(write("b.tsv", "path\tsentence\nx\t\"Hello,\" he said\ny\t\"He said \"\"no\"\".\"\n"));
        assertThat(rows.get(0).values()).containsEntry("sentence", "\"Hello,\" he said");
        assertThat(rows.get(1).values()).containsEntry("sentence", "He said \"no\".");
        assertThat(TableReader.rows(write("c.csv", "text;label\na, b;1\n"))
                        .get(0)
                        .values())
                .containsEntry("text", "a, b");
        assertThatThrownBy(() -> TableReader.rows(write("d.csv", "text\n\"open\n")))
                .hasMessageContaining("line 2")
                .hasMessageContaining("never closed");
        assertThatThrownBy(() -> TableReader.rows(write("e.csv", "text\na,b\n")))
                .hasMessageContaining("2 fields");
    }

    @Test
    void jsonLinesArraysAndCompressedOnes() throws IOException {
        String line = "{\"id\": \"r\", \"sources\": [{\"source\": \"a.wav\"}], \"none\": null}";
        Map<String, String> flat = Map.of("id", "r", "sources.0.source", "a.wav");
        assertThat(TableReader.rows(write("a.jsonl", line + "\n")).get(0).values())
                .isEqualTo(flat);
        assertThat(TableReader.rows(write("a.json", "[\n" + line + "]\n"))
                        .get(0)
                        .values())
                .isEqualTo(flat);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(line.getBytes(StandardCharsets.UTF_8));
        }
        Path zipped = Files.write(folder.resolve("a.jsonl.gz"), out.toByteArray());
        assertThat(TableReader.rows(zipped).get(0).values()).isEqualTo(flat);
        assertThatThrownBy(() -> TableReader.rows(write("b.jsonl", "\n{]\n")))
                .hasMessageContaining("line 2 is no JSON");
    }

    @Test
    void passedOverFilesAreCountedByExtension() {
        PassedOver others = new PassedOver();
        assertThat(others.notes("here")).isEmpty();
        for (String name : List.of("a.PDF", "b.pdf", "x/c.avif", "Makefile")) {
            others.add(name);
        }
        others.add("hard links", 2);
        assertThat(others.notes("here"))
                .containsExactly("here: 6 other files passed over: .pdf 2, hard links 2, .avif 1, without extension 1");
    }
}
