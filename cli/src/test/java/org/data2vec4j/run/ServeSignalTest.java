package org.data2vec4j.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.data2vec4j.cli.D2v;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM to {@code d2v serve} while callers wait: what was accepted is answered, and nothing after it. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no SIGTERM")
class ServeSignalTest {
    private static final long SECONDS = 120;

    @TempDir
    Path folder;

    private static String address(Process process, Path out) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (true) {
            String said = Files.readString(out);
            if (said.contains("listening at ") && said.endsWith("\n")) {
                return said.strip().replaceFirst("(?s).*listening at ", "");
            }
            assertThat(process.isAlive()).as(said).isTrue();
            assertThat(System.nanoTime()).as(said).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    @Test
    void answersWhatItHasAndStops() throws Exception {
        Path run = folder.resolve("run");
        assertThat(TinyRuns.pretrain(run, "train.updates=1").code()).isZero();
        Path picture = folder.resolve("a.png");
        IndexTest.picture(picture, 1);
        Path out = Files.createFile(folder.resolve("out"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        D2v.class.getName(),
                        "serve",
                        run.toString(),
                        "--port",
                        "0")
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(address(process, out) + "/v1/embeddings"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"model\": \"default\", \"input\": [{\"image\": \""
                            + Base64.getEncoder().encodeToString(Files.readAllBytes(picture)) + "\"}]}"))
                    .build();
            HttpClient http = HttpClient.newHttpClient();
            assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
            List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                all.add(http.sendAsync(request, BodyHandlers.ofString()));
            }
            process.destroy(); // SIGTERM
            assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
            for (CompletableFuture<HttpResponse<String>> each : all) {
                HttpResponse<String> answer = each.handle((response, failure) -> failure == null ? response : null)
                        .join();
                if (answer != null) { // otherwise the connection was refused
                    assertThat(answer.statusCode()).isIn(200, 503);
                    assertThat(answer.body()).endsWith("}");
                }
            }
            assertThat(process.exitValue()).isIn(0, 143);
            assertThat(Files.readString(out))
                    .contains("stopping: no more requests are taken")
                    .doesNotContain("Exception", "Error");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
