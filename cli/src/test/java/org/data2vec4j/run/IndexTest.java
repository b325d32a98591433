package org.data2vec4j.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.data2vec4j.Index;
import org.data2vec4j.core.Rng;
import org.data2vec4j.index.Hit;
import org.data2vec4j.run.TinyRuns.Outcome;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code d2v index} and {@code d2v search}, on a tiny run and pictures of coloured squares. */
class IndexTest {
    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    static Path run;

    @BeforeAll
    static void trains() {
        run = shared.resolve("run");
        assertThat(TinyRuns.pretrain(run, "train.updates=2").code()).isZero();
    }

    static void picture(Path file, int number) throws IOException {
        Files.createDirectories(file.getParent());
        Rng rng = Rng.of(5, number);
        BufferedImage image = new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB);
        int background = rng.nextInt(1 << 24);
        int colour = rng.nextInt(1 << 24);
        int edge = 4 + rng.nextInt(10);
        for (int i = 0; i < 400; i++) {
            image.setRGB(i % 20, i / 20, i % 20 < edge && i / 20 < edge ? colour : background);
        }
        ImageIO.write(image, "png", new File(file.toString()));
    }

    private static Outcome works(String... words) {
        Outcome outcome = TinyRuns.d2v(words);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return outcome;
    }

    private static void fails(String message, String... words) {
        Outcome outcome = TinyRuns.d2v(words);
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains(message).hasLineCount(1);
    }

    private Path pictures(int count) throws IOException {
        Path data = folder.resolve("data");
        for (int i = 0; i < count; i++) {
            picture(data.resolve((i % 2 == 0 ? "even/" : "odd/") + i + ".png"), i);
        }
        return data;
    }

    @Test
    void findsTheFileItselfFirstAndEmbedsOnlyWhatChanges() throws Exception {
        Path data = pictures(12);
        Path index = folder.resolve("index");
        String output = "output=" + index;
        assertThat(works("index", "run=" + run, "data=" + data, output).out())
                .contains("12 images; 12 embedded", "0 unchanged, 0 removed");
        Path query = data.resolve("odd/7.png");
        List<String> lines = works("search", index.toString(), query.toString(), "--top", "3")
                .out()
                .lines()
                .toList();
        assertThat(lines).hasSize(3).allMatch(line -> line.matches("-?\\d\\.\\d{4}\t.*\\.png"));
        assertThat(lines.get(0)).isEqualTo("1.0000\t" + query);

        // one is new, one has changed, one is gone, one has another name and class, and one cannot be read
        picture(data.resolve("odd/99.png"), 99);
        picture(data.resolve("odd/3.png"), 333);
        Files.delete(data.resolve("odd/5.png"));
        Files.move(data.resolve("even/2.png"), data.resolve("odd/two.png"));
        Files.writeString(data.resolve("odd/9.png"), "no picture");
        Outcome again = works("index", "run=" + run, "data=" + data, output);
        assertThat(again.out()).contains("11 images; 2 embedded", "8 unchanged, 3 removed, 1 unreadable");
        assertThat(again.err())
                .contains("9.png is left out: not an image of a known format")
                .hasLineCount(1);
        try (Index opened = Index.open(index)) {
            assertThat(opened.sample(data.resolve("odd/two.png").toString()).label())
                    .isEqualTo("odd");
            List<Hit> hits = opened.search(data.resolve("odd/two.png"), 2);
            assertThat(hits.get(0).sample().name()).endsWith("two.png");
            float[] vector = opened.model().embed(data.resolve("odd/3.png"));
            assertThat(opened.search(vector, 1).get(0).sample().name()).endsWith("3.png");
        }

        // another folder is added, and one is taken out
        picture(folder.resolve("more/1.png"), 1);
        assertThat(works("index", "run=" + run, "data=" + folder.resolve("more"), output, "others=keep")
                        .out())
                .contains("12 images; 0 embedded", "0 removed");
        assertThat(works("index", output, "remove=" + data.resolve("odd")).out())
                .contains("6 images; 6 removed");
        fails("has no sample", "index", output, "remove=" + data.resolve("odd"));
    }

    @Test
    void searchesBySampleTooAndWritesJsonAndAPage() throws Exception {
        Path data = pictures(8);
        Path index = folder.resolve("index");
        works("index", "run=" + run, "data=" + data, "output=" + index, "space=whitened");
        String id = data.resolve("odd/7.png").toString();
        Path page = folder.resolve("page.html");
        Outcome found =
                works("search", index.toString(), "--id", id, "--top", "4", "--json", "--html", page.toString());
        JsonNode json = JsonMapper.shared().readTree(found.out());
        assertThat(json.get("query").asString()).isEqualTo(id);
        assertThat(json.get("hits")).hasSize(4);
        assertThat(json.get("hits").get(0).get("path").asString()).isNotEqualTo(id);
        assertThat(json.get("hits").get(0).get("label").asString()).isIn("even", "odd");
        assertThat(Files.readString(page)).contains("data:image/png;base64,").doesNotContain("http");

        fails("nothing to search for", "search", index.toString());
        fails("does not exist", "search", index.toString(), "none.png");
        fails(
                "not an image",
                "search",
                index.toString(),
                run.resolve("config.yaml").toString());
        fails("has no vectors of texts", "search", index.toString(), "--text", "a cat");
        fails("has no sample 'x'", "search", index.toString(), "--id", "x");
        fails("is not an index", "search", folder.toString(), id);
        fails("--top", "search", index.toString(), id, "--top", "0");
        Path other = folder.resolve("other");
        assertThat(TinyRuns.pretrain(other, "train.updates=1").code()).isZero();
        fails("is not the one that made", "search", index.toString(), id, "--run", other.toString());
        fails("vectors of another model", "index", "run=" + other, "data=" + data, "output=" + index);
        fails("run=… is missing", "index", "data=" + data, "output=" + index);
        fails("allowed: raw, centered, whitened", "index", "run=" + run, "data=" + data, "output=" + index, "space=x");
        fails("does not exist", "index", "run=" + run, "data=nowhere", "output=" + folder.resolve("new"));
        assertThat(folder.resolve("new")).doesNotExist();
    }
}
