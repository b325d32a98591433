package org.data2vec4j.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.data2vec4j.serve.ServerConfig;
import org.data2vec4j.serve.VectorServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The page of a server in a real browser, where Chromium and its driver are installed: a file, a search, the map, the keyboard. */
class PageBrowserTest {
    private static final Path BROWSER = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    static ServedRun served;
    static VectorServer server;
    static ChromeDriver browser;

    @BeforeAll
    static void opens() throws IOException {
        assumeTrue(
                Files.isExecutable(BROWSER) && Files.isExecutable(DRIVER),
                "no " + BROWSER + " with " + DRIVER + ": the page is not looked at");
        served = ServedRun.make(folder);
        server = VectorServer.start(List.of(served.index()), ServerConfig.DEFAULT.withPort(0));
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(BROWSER.toString());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                "--window-size=1200,900",
                "--user-data-dir=" + folder.resolve("profile"));
        options.setCapability("goog:loggingPrefs", logs);
        browser = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .usingAnyFreePort()
                        .build(),
                options);
        browser.manage().timeouts().implicitlyWait(PATIENCE);
    }

    @AfterAll
    static void closes() {
        if (browser != null) {
            browser.quit();
        }
        if (server != null) {
            server.close();
        }
    }

    /** With {@code -Dpage.pictures=FOLDER}, pictures of the page to look at. */
    private static void picture(String name) throws IOException {
        String kept = System.getProperty("page.pictures");
        if (kept != null) {
            Files.write(Path.of(kept).resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
        }
    }

    private static void emulate(int width, String scheme) {
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** Waits until a script is true: the implicit wait is for elements only. */
    private static void until(String script) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Boolean.TRUE.equals(browser.executeScript("return " + script))) {
            assertThat(System.nanoTime()).as(script).isLessThan(end);
            Thread.sleep(30);
        }
    }

    private static void nothingSticksOut() {
        assertThat(browser.executeScript("return document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
    }

    @Test
    void aFileFindsItsNeighboursAndTheMapShowsTheCollection() throws Exception {
        for (int width : new int[] {1200, 390}) {
            for (String scheme : List.of("light", "dark")) {
                emulate(width, scheme);
                browser.get(server.address() + "/");
                until("document.getElementById('about').textContent.includes('25 samples')");
                nothingSticksOut();
                browser.findElement(By.id("file")).sendKeys(served.picture(7).toString());
                List<WebElement> hits = browser.findElements(By.cssSelector("#hits li"));
                assertThat(hits).hasSize(24);
                assertThat(List.of(
                                hits.get(0).getAttribute("title"), hits.get(1).getAttribute("title")))
                        .containsExactlyInAnyOrder(
                                served.picture(7).toString(),
                                served.data().resolve("odd/copy.png").toString());
                assertThat(hits.get(0).getText()).startsWith("1.0000");
                until("[...document.querySelectorAll('#hits img')].slice(0, 4).every(i => i.naturalWidth > 0)");
                nothingSticksOut();
                picture("search-" + width + "-" + scheme);

                browser.findElement(By.id("tab-map")).click();
                until("document.getElementById('map-status').textContent === '25 samples'");
                WebElement canvas = browser.findElement(By.id("canvas"));
                canvas.sendKeys(Keys.ARROW_RIGHT);
                until("!document.getElementById('card').hidden");
                canvas.sendKeys(Keys.SPACE);
                assertThat(browser.findElement(By.id("map-status")).getText()).isEqualTo("1 selected");
                assertThat(browser.findElement(By.id("export")).isEnabled()).isTrue();
                nothingSticksOut();
                picture("map-" + width + "-" + scheme);
                canvas.sendKeys(Keys.ENTER);
                until("document.querySelectorAll('#hits li').length === 24"
                        + " && !document.getElementById('search').hidden");

                browser.findElement(By.id("tab-curation")).click();
                until("document.getElementById('groups').textContent.includes('Near-duplicates 1')");
                nothingSticksOut();
                picture("curation-" + width + "-" + scheme);
            }
        }
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
    }

    @Test
    void aDroppedFileIsSearchedForAndABadOneIsNamed() throws Exception {
        emulate(1200, "light");
        browser.get(server.address() + "/");
        until("document.getElementById('about').textContent.includes('25 samples')");
        String drop = "const data = new DataTransfer(); data.items.add(new File(['no picture'], 'a.png'));"
                + "document.getElementById('drop').dispatchEvent(new DragEvent('drop',"
                + " {dataTransfer: data, bubbles: true, cancelable: true}));";
        browser.executeScript(drop);
        until("document.getElementById('status').textContent.startsWith('not an image of a known format')");
        browser.manage().logs().get(LogType.BROWSER); // the browser notes the status 422
    }

    @Test
    void aLassoSelectsAndTheArrowKeysMoveBetweenTabs() throws Exception {
        emulate(1200, "light");
        browser.get(server.address() + "/");
        until("document.getElementById('about').textContent.includes('25 samples')");
        browser.findElement(By.id("tab-search")).sendKeys(Keys.ARROW_RIGHT);
        until("document.getElementById('map-status').textContent === '25 samples'");
        browser.executeScript("const c = document.getElementById('canvas'); const b = c.getBoundingClientRect();"
                + "const at = (type, x, y) => c.dispatchEvent(new PointerEvent(type,"
                + " {clientX: b.x + x * b.width, clientY: b.y + y * b.height, bubbles: true}));"
                + "c.setPointerCapture = () => {};"
                + "at('pointerdown', 0, 0); at('pointermove', 1, 0); at('pointermove', 1, 1);"
                + "at('pointermove', 0, 1); at('pointerup', 0, 0);");
        until("document.getElementById('map-status').textContent === '25 selected'");
        picture("lasso");
    }
}
