package org.data2vec4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.data2vec4j.cli.D2v;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void trainsEncodesAndDecodes() throws IOException {
        Path file = folder.resolve("made/tokenizer.json");
        assertThat(run("train", "data=synthetic:300", "vocab=600", "output=" + file))
                .isZero();
        assertThat(out.toString()).startsWith(file + ": 600 tokens from ").contains(" MB of text in ");
        byte[] first = Files.readAllBytes(file);
        assertThat(run("train", "data=synthetic:300", "vocab=600", "threads=1", "output=" + file))
                .isZero();
        assertThat(Files.readAllBytes(file)).isEqualTo(first);

        String text = "The sailor's ship, <mask> 東京";
        String ids = output("encode", file.toString(), text);
        assertThat(ids.split(" ", -1)).hasSizeBetween(5, text.length() + 10).doesNotContain("4");
        assertThat(output("decode", file.toString(), ids)).isEqualTo(text);
        assertThat(output("encode", file.toString(), "--specials", "<s>", "<mask>"))
                .startsWith("0 ")
                .endsWith(" 4");
        assertThat(output("encode", file.toString(), "--tokens", "a the")).isEqualTo("a Ġthe");
    }

    @Test
    void readsTheStandardInput() {
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream("Hello world\n\nHello\n".getBytes(StandardCharsets.UTF_8)));
            assertThat(output("encode", "gpt2")).isEqualTo("15496 995\n\n15496");
            System.setIn(new ByteArrayInputStream("15496 995\n15496, 995\n".getBytes(StandardCharsets.UTF_8)));
            assertThat(output("decode", "gpt2")).isEqualTo("Hello world\nHello world");
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void littleTextSaysSo() throws IOException {
        Path data = Files.writeString(folder.resolve("small.txt"), "ab ab\n");
        assertThat(run("train", "data=" + data, "vocab=500", "output=" + folder.resolve("t.json")))
                .isZero();
        assertThat(out.toString()).contains("fewer than the 500 asked for");
    }

    @Test
    void errorsAreOneLine() throws IOException {
        Path binary = Files.write(folder.resolve("zero.txt"), new byte[100]);
        fails("data=… is missing", "train", "output=x");
        fails("output=… is missing", "train", "data=synthetic:5");
        fails("'vocabulary=3' is not known here; allowed: data=PATH", "train", "vocabulary=3");
        fails("vocab_size is 100; allowed: 261", "train", "data=synthetic:5", "vocab=100", "output=x");
        fails("unit is 'word'; allowed: file, line", "train", "data=synthetic:5", "unit=word", "output=x");
        fails("is a folder; give the name of a file", "train", "data=synthetic:5", "output=" + folder);
        fails("does not exist", "train", "data=nowhere", "output=x");
        fails("does not exist", "encode", "nowhere.json", "text");
        fails("'x' is not a token id", "decode", "gpt2", "x");
        fails("token 99999 is not in the vocabulary; allowed: 0 to 50256", "decode", "gpt2", "99999");
        err.getBuffer().setLength(0);
        assertThat(run("train", "data=" + binary, "output=" + folder.resolve("n.json")))
                .isEqualTo(1);
        assertThat(err.toString()).contains("the file is binary", "has no text that can be used");
        assertThat(folder.resolve("n.json")).doesNotExist();
    }

    @Test
    void usage() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("Missing command: train, encode or decode");
        for (String command : new String[] {"train", "encode", "decode"}) {
            assertThat(run(command, "--help")).isZero();
            assertThat(out.toString()).contains("Usage: d2v tokenizer " + command, "Examples:");
        }
    }

    private void fails(String message, String... words) {
        err.getBuffer().setLength(0);
        assertThat(run(words)).isEqualTo(1);
        assertThat(err.toString()).startsWith("d2v: ").contains(message).hasLineCount(1);
    }

    private String output(String... words) {
        out.getBuffer().setLength(0);
        assertThat(run(words)).as(err.toString()).isZero();
        return out.toString().stripTrailing();
    }

    private int run(String... words) {
        String[] all = new String[words.length + 1];
        all[0] = "tokenizer";
        System.arraycopy(words, 0, all, 1, words.length);
        return D2v.run(all, new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
