package org.data2vec4j.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.data2vec4j.run.TinyRuns.Outcome;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages in a real browser without a network, where there is one: at a phone's width and a desk's. */
class BrowserTest {
    private static final long SECONDS = 90;

    private static final List<Path> BROWSERS = List.of(
            Path.of("/usr/bin/chromium"),
            Path.of("/usr/bin/chromium-browser"),
            Path.of("/usr/bin/google-chrome"),
            Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"));

    /** Put into a copy of the page: tells its width, what sticks out, and what the map says under the pointer. */
    private static final String PROBE = """
            <script>addEventListener('load', () => {
              const wide = [...document.querySelectorAll('main *')].filter(e => {
                if (e.closest('.scroll, .heatmap, pre') !== null) return false;
                return e.getBoundingClientRect().right > innerWidth + 1;
              }).map(e => e.tagName + '.' + e.className);
              const dot = document.querySelector('.cloud circle');
              const card = document.querySelector('.cloud .card');
              if (dot !== null) {
                const box = dot.getBoundingClientRect();
                dot.ownerSVGElement.dispatchEvent(new PointerEvent('pointermove',
                    {clientX: box.x + box.width / 2, clientY: box.y + box.height / 2, bubbles: true}));
              }
              const found = document.createElement('p');
              found.id = 'found';
              found.textContent = ['inner=' + innerWidth, 'scroll=' + document.documentElement.scrollWidth,
                  'wide=' + wide.join(','), 'card=' + (card === null ? 'none' : card.hidden ? 'hidden' : card.textContent)].join(';');
              document.body.append(found);
            })</script></body>""";

    @TempDir
    static Path folder;

    static Path browser;
    static Path run;

    @BeforeAll
    static void evaluates() throws IOException {
        Path found = BROWSERS.stream().filter(Files::isExecutable).findFirst().orElse(null);
        assumeTrue(found != null, "no Chromium or Chrome in " + BROWSERS + ": the page is not looked at");
        browser = found;
        run = folder.resolve("a-run-of-pictures");
        assertThat(TinyRuns.pretrain(run, "train.updates=2").code()).isZero();
        Outcome outcome = TinyRuns.d2v(
                "evaluate", run.toString(), "data=synthetic:120", "shares=0.1", "seeds=0,1", "tokens=20", "map=20");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        Path other = folder.resolve("another-run-of-pictures");
        assertThat(TinyRuns.pretrain(other, "train.updates=1", "seed=2").code()).isZero();
        Outcome second = TinyRuns.d2v(
                "evaluate", other.toString(), "data=synthetic:120", "shares=0.1", "seeds=0,1", "tokens=20", "map=20");
        assertThat(second.code()).as(second.err()).isZero();
        Outcome compared =
                TinyRuns.d2v("compare", run.toString(), other.toString(), "out=" + run.resolve("comparison.html"));
        assertThat(compared.code()).as(compared.err()).isZero();
    }

    private static String open(Path file, int width, String... more) throws IOException, InterruptedException {
        Path log = Files.createTempFile(folder, "browser", ".log");
        ArrayList<String> words = new ArrayList<>(List.of(
                browser.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--hide-scrollbars",
                "--user-data-dir=" + Files.createTempDirectory(folder, "profile"),
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--enable-logging=stderr",
                "--v=0",
                "--virtual-time-budget=3000",
                "--window-size=" + width + ",900"));
        words.addAll(List.of(more));
        words.add(file.toUri().toString());
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        String said = Files.readString(log, StandardCharsets.UTF_8);
        assertThat(ended)
                .as("the browser ends within " + SECONDS + " s: " + said)
                .isTrue();
        return said;
    }

    @ParameterizedTest
    @CsvSource({
        "evaluation, 390",
        "evaluation, 1280",
        "report, 390",
        "report, 1280",
        "comparison, 390",
        "comparison, 1280"
    })
    void opensWithoutErrorsAndNothingSticksOut(String name, int width) throws IOException, InterruptedException {
        Path page = run.resolve(name + ".html");
        Path probed = page.resolveSibling("probed-" + width + ".html");
        // A headless window has a least width; a frame has not.
        String inner = Files.readString(page).replace("</body>", PROBE);
        Files.writeString(page.resolveSibling("inner-" + width + ".html"), inner);
        Files.writeString(
                probed,
                "<!doctype html><body style=\"margin:0\"><iframe id=\"f\" style=\"border:0;width:" + width
                        + "px;height:850px\"></iframe><script>const f = document.getElementById('f');"
                        + "addEventListener('message', e => { const p = document.createElement('p'); p.id = 'found';"
                        + " p.textContent = e.data; document.body.append(p); });"
                        + "f.src = 'inner-" + width + ".html';</script></body>");
        Files.writeString(
                page.resolveSibling("inner-" + width + ".html"),
                inner.replace(
                        "document.body.append(found);",
                        "document.body.append(found); if (parent !== self) parent.postMessage(found.textContent, '*');"));
        String said = open(probed, Math.max(width, 600), "--dump-dom");
        assertThat(said).doesNotContain("CONSOLE");
        Matcher found = Pattern.compile("inner=(\\d+);scroll=(\\d+);wide=([^;<]*);card=([^<]*)")
                .matcher(said);
        assertThat(found.find()).as(said).isTrue();
        assertThat(Integer.parseInt(found.group(1))).isEqualTo(width);
        assertThat(Integer.parseInt(found.group(2))).isLessThanOrEqualTo(width);
        assertThat(found.group(3)).as("elements beyond the right edge").isEmpty();
        if (name.equals("evaluation")) {
            assertThat(found.group(4))
                    .as("what the map says under the pointer")
                    .isNotIn("none", "hidden")
                    .isNotBlank();
        }
    }

    @Test
    void aPictureOfIt() throws IOException, InterruptedException {
        Path picture = folder.resolve("page.png");
        String said = open(run.resolve("evaluation.html"), 1280, "--screenshot=" + picture);
        assertThat(said).doesNotContain("CONSOLE");
        assertThat(Files.size(picture)).isGreaterThan(20_000);
    }

    /** The test would see an error: this page has one. */
    @Test
    void seesErrors() throws IOException, InterruptedException {
        Path wrong = folder.resolve("wrong.html");
        Files.writeString(wrong, "<!doctype html><body><script>nothing.here();</script></body>");
        assertThat(open(wrong, 600, "--dump-dom")).contains("CONSOLE");
    }
}
