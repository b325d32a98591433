package org.data2vec4j.text.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.data2vec4j.core.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextSourcesTest {
    private static final TextOptions FILES = TextOptions.DEFAULT;
    private static final TextOptions LINES = TextOptions.DEFAULT.with(TextOptions.Unit.LINE);

    @TempDir
    Path folder;

    private final List<String> warnings = new ArrayList<>();
    private final SkippedText skipped = new SkippedText(warnings::add);

    @Test
    void aFolderIsReadInOrderWholeFilesAndLinesOfJson() throws IOException {
        write("b/two.txt", "second\r\n\nfile");
        write("a.txt", "\uFEFFfirst file\n");
        write("c.jsonl", "{\"text\":\"third\\nline\",\"n\":1}\n\n{\"text\":\"fourth\"}");
        write("d.md", "no text");
        write(".hidden/e.txt", "hidden");
        assertThat(documents(folder.toString(), FILES))
                .containsExactly("first file\n", "second\r\n\nfile", "third\nline", "fourth");
        assertThat(documents(folder.toString(), LINES))
                .containsExactly("first file", "second", "file", "third\nline", "fourth");
        assertThat(documents(folder.resolve("d.md").toString(), FILES)).containsExactly("no text");
        assertThat(warnings).allSatisfy(line -> assertThat(line).endsWith("1 other file passed over: .md 1"));
    }

    @Test
    void largeFilesComeInPiecesThatLoseNothing() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 40_000; i++) {
            text.append("word ").append(i % 7 == 0 ? "東京\n" : "x' ");
        }
        write("a.txt", text.toString());
        int pieces = 0;
        try (TextReader reader = open(folder.toString(), FILES)) {
            for (TextPiece piece = reader.next(); piece != null; piece = reader.next()) {
                pieces++;
                assertThat(piece.utf8().length).isLessThan(100_000);
            }
        }
        assertThat(pieces).isGreaterThan(3);
        assertThat(documents(folder.toString(), FILES)).containsExactly(text.toString());
    }

    @Test
    void endlessLinesAreBounded() throws IOException {
        String line = "東京é word".repeat(400_000); // 6 MB without a line end
        write("a.txt", line + "\nnext\n");
        for (TextOptions options : List.of(FILES, LINES)) {
            assertThat(String.join("\n", documents(folder.toString(), options)).strip())
                    .isEqualTo(line + "\nnext");
        }
        write("a.txt", "東".repeat(1_000_000));
        assertThat(documents(folder.toString(), LINES)).containsExactly("東".repeat(1_000_000));
        try (TextReader reader = open(folder.toString(), LINES)) {
            assertThat(reader.next().utf8().length).isLessThanOrEqualTo(1 << 20);
        }
        write("b.jsonl", "{\"text\":\"" + "x".repeat(17 << 20) + "\"}\n{\"text\":\"after\"}\n");
        assertThat(documents(folder.resolve("b.jsonl").toString(), FILES)).containsExactly("after");
        assertThat(warnings)
                .containsExactly("skipped " + folder.resolve("b.jsonl") + ":1: the line is longer than 16777216 bytes");
    }

    @Test
    void badInputIsSkippedCountedAndNamed() throws IOException {
        write("a-empty.txt", "");
        Files.write(folder.resolve("b-zero.txt"), new byte[] {'a', 0, 'b'});
        byte[] controls = new byte[100];
        Arrays.fill(controls, (byte) 1);
        Files.write(folder.resolve("c-controls.txt"), controls);
        Files.write(folder.resolve("d-latin.txt"), "good\ncaf\u00e9\nfine\n".getBytes(StandardCharsets.ISO_8859_1));
        write("e.jsonl", "nonsense\n{\"text\":3}\n[1]\n{\"body\":\"x\"}\n{\"text\":\"yes\"}\n");
        assertThat(documents(folder.toString(), LINES)).containsExactly("good", "fine", "yes");
        assertThat(skipped.count()).isEqualTo(8);
        assertThat(warnings)
                .containsExactly(
                        "skipped " + folder + "/a-empty.txt: the file is empty",
                        "skipped " + folder + "/b-zero.txt: the file is binary (a zero byte at 1)",
                        "skipped " + folder
                                + "/c-controls.txt: the file is binary (100 control bytes in the first 100)",
                        "skipped " + folder + "/d-latin.txt:2: the line is not UTF-8 (byte 4 of it)",
                        "skipped " + folder + "/e.jsonl:1: the line is not JSON",
                        "skipped " + folder + "/e.jsonl:2: there is no text in the field 'text'",
                        "skipped " + folder + "/e.jsonl:3: there is no text in the field 'text'",
                        "skipped " + folder + "/e.jsonl:4: there is no text in the field 'text'");
        assertThat(documents(folder.toString(), FILES)).containsExactly("good\nfine\n", "yes");
        assertThat(documents(folder.toString(), new TextOptions(TextOptions.Unit.LINE, "body", 0)))
                .contains("x");
    }

    @Test
    void notAllSkipsAreTold() throws IOException {
        write("a.jsonl", "x\n".repeat(50));
        assertThat(documents(folder.toString(), FILES)).isEmpty();
        assertThat(skipped.count()).isEqualTo(50);
        assertThat(warnings).hasSize(21);
    }

    @Test
    void fingerprintsFollowFilesAndOptions() throws IOException {
        write("a.txt", "abc");
        String one = TextSources.open(folder.toString(), FILES).fingerprint();
        assertThat(TextSources.open(folder.toString(), FILES).fingerprint()).isEqualTo(one);
        assertThat(TextSources.open(folder.toString(), LINES).fingerprint()).isNotEqualTo(one);
        write("a.txt", "abcd");
        assertThat(TextSources.open(folder.toString(), FILES).fingerprint()).isNotEqualTo(one);
    }

    @Test
    void syntheticTextIsKeyedAndHasTopics() {
        SyntheticText text = new SyntheticText(500, 3);
        assertThat(documents("synthetic:5", new TextOptions(TextOptions.Unit.FILE, "text", 3)))
                .containsExactly(
                        text.document(0), text.document(1), text.document(2), text.document(3), text.document(4));
        assertThat(new SyntheticText(500, 4).document(0)).isNotEqualTo(text.document(0));
        HashSet<Integer> labels = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            labels.add(text.label(i));
            assertThat(text.document(i)).matches("(?s)[A-Z].*[.!?]");
        }
        assertThat(labels).hasSize(SyntheticText.classes().size());
        LabelledData data = LabelledData.synthetic(10, 20, 3);
        assertThat(data.texts()).hasSize(20);
        assertThat(data.texts().get(0)).isEqualTo(new LabelledText(text.document(10), null, text.label(10)));
    }

    @Test
    void badSpecsAreOneLine() throws IOException {
        for (String spec : List.of("", "nowhere", "synthetic:x", "synthetic:0", folder.toString())) {
            assertThatThrownBy(() -> TextSources.open(spec, FILES))
                    .isInstanceOf(UserException.class)
                    .message()
                    .hasLineCount(1);
        }
        assertThatThrownBy(() -> new TextOptions(TextOptions.Unit.FILE, "", 0)).isInstanceOf(UserException.class);
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private TextReader open(String spec, TextOptions options) {
        return TextSources.open(spec, options).read(skipped);
    }

    private List<String> documents(String spec, TextOptions options) {
        List<String> documents = new ArrayList<>();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TextReader reader = open(spec, options)) {
            for (TextPiece piece = reader.next(); piece != null; piece = reader.next()) {
                bytes.writeBytes(piece.utf8());
                if (piece.last()) {
                    documents.add(bytes.toString(StandardCharsets.UTF_8));
                    bytes.reset();
                }
            }
        }
        assertThat(bytes.size()).isZero();
        return documents;
    }
}
