package org.data2vec4j.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonField;
import com.openai.core.JsonValue;
import com.openai.errors.UnauthorizedException;
import com.openai.errors.UnprocessableEntityException;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.data2vec4j.Data2Vec;
import org.data2vec4j.Options;
import org.data2vec4j.core.UserException;
import org.data2vec4j.serve.ServerConfig;
import org.data2vec4j.serve.VectorServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code d2v serve} with real clients: OpenAI's library for Java, the JDK's HTTP client, and sockets that misbehave. */
class ServeTest {
    private static final ServerConfig ANY_PORT = ServerConfig.DEFAULT.withPort(0);

    @TempDir
    static Path folder;

    static ServedRun served;
    static Path texts;
    static VectorServer server;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void serves() throws Exception {
        served = ServedRun.make(folder);
        texts = folder.resolve("texts");
        assertThat(TinyRuns.d2v(
                                "pretrain",
                                "recipe=text-v1-tiny",
                                "run=" + texts,
                                "data=synthetic:64",
                                "train.updates=1",
                                "train.batch=2",
                                "text.vocabulary=300",
                                "text.length=16",
                                "model.depth=1",
                                "model.block.width=16",
                                "data2vec1.targets.layers=1",
                                "device=cpu")
                        .code())
                .isZero();
        server = VectorServer.start(List.of(served.index(), texts), ANY_PORT);
    }

    @AfterAll
    static void stops() {
        if (server != null) {
            server.close();
        }
    }

    private static String base64(Path file) throws IOException {
        return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
    }

    private static String image(Path file) throws IOException {
        return "{\"model\": \"default\", \"input\": [{\"image\": \"" + base64(file) + "\"}]}";
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(server.address() + path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return http.send(request(server, path, body), BodyHandlers.ofString());
    }

    private static HttpRequest request(VectorServer server, String path, String body) {
        return HttpRequest.newBuilder(URI.create(server.address() + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    private static float[] vector(JsonNode embedding) {
        float[] vector = new float[embedding.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = embedding.get(i).floatValue();
        }
        return vector;
    }

    private static OpenAIClient client(VectorServer server, String key) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(server.address() + "/v1")
                .apiKey(key)
                .maxRetries(0)
                .build();
    }

    @Test
    void theOpenAiClientGetsTheVectorsOfTextsThatJavaGets() {
        CreateEmbeddingResponse response = client(server, "none")
                .embeddings()
                .create(EmbeddingCreateParams.builder()
                        .model("texts")
                        .inputOfArrayOfStrings(List.of("one", "a second line"))
                        .build());
        assertThat(response.data()).hasSize(2);
        assertThat(response.data().get(1).index()).isEqualTo(1);
        try (Data2Vec model = Data2Vec.load(texts, Options.threads(1))) {
            for (int i = 0; i < 2; i++) {
                float[] expected = model.embed(i == 0 ? "one" : "a second line");
                List<Float> actual = response.data().get(i).embedding();
                for (int d = 0; d < expected.length; d++) {
                    assertThat(actual.get(d)).isCloseTo(expected[d], within(1e-4f));
                }
            }
        }
    }

    @Test
    void theOpenAiClientSendsPicturesAndReadsErrors() throws Exception {
        OpenAIClient client = client(server, "none");
        EmbeddingCreateParams.Builder request = EmbeddingCreateParams.builder().model("default");
        CreateEmbeddingResponse response = client.embeddings()
                .create(request.input(input(List.of(Map.of("image", base64(served.picture(3))))))
                        .build());
        try (Data2Vec model = Data2Vec.load(served.run(), Options.threads(1))) {
            assertThat(response.data().get(0).embedding()).hasSize(model.width());
        }
        assertThatThrownBy(() -> client.embeddings()
                        .create(EmbeddingCreateParams.builder()
                                .model("default")
                                .input("a text")
                                .build()))
                .isInstanceOf(UnprocessableEntityException.class)
                .hasMessageContaining("the model was trained on images; it has no vectors of texts");
    }

    /** An input of a form that the library has no type for. */
    @SuppressWarnings("unchecked")
    private static JsonField<EmbeddingCreateParams.Input> input(Object value) {
        Object field = JsonValue.from(value);
        return (JsonField<EmbeddingCreateParams.Input>) field;
    }

    @Test
    void picturesAsJsonAndAsFormsAndInBase64HaveOneVector() throws Exception {
        float[] expected;
        try (Data2Vec model = Data2Vec.load(served.run(), Options.threads(1))) {
            expected = model.embed(served.picture(3));
        }
        JsonNode one = json(post("/v1/embeddings", image(served.picture(3))));
        assertThat(vector(one.get("data").get(0).get("embedding"))).containsExactly(expected, within(1e-4f));
        assertThat(one.get("model").asString()).isEqualTo("pictures.index");

        JsonNode coded = json(post(
                "/v1/embeddings", image(served.picture(3)).replace("}]}", "}], \"encoding_format\": \"base64\"}")));
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder()
                        .decode(coded.get("data").get(0).get("embedding").asString()))
                .order(ByteOrder.LITTLE_ENDIAN);
        float[] decoded = new float[expected.length];
        bytes.asFloatBuffer().get(decoded);
        assertThat(decoded).containsExactly(expected, within(1e-4f));

        ByteArrayOutputStream form = new ByteArrayOutputStream();
        String head = String.join(
                "\r\n",
                "--b",
                "Content-Disposition: form-data; name=\"model\"",
                "",
                "default",
                "--b",
                "Content-Disposition: form-data; name=\"file\"; filename=\"a.png\"",
                "Content-Type: image/png",
                "",
                "");
        form.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        form.writeBytes(Files.readAllBytes(served.picture(3)));
        form.writeBytes("\r\n--b--\r\n".getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> sent = http.send(
                HttpRequest.newBuilder(URI.create(server.address() + "/v1/embeddings"))
                        .header("Content-Type", "multipart/form-data; boundary=b")
                        .POST(BodyPublishers.ofByteArray(form.toByteArray()))
                        .build(),
                BodyHandlers.ofString());
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(200);
        assertThat(vector(json(sent).get("data").get(0).get("embedding"))).containsExactly(expected, within(1e-4f));
    }

    @Test
    void searchesAndShowsTheCollection() throws Exception {
        JsonNode hits = json(post("/v1/search", image(served.picture(7)).replace("}]}", "}], \"top\": 2}")))
                .get("hits");
        assertThat(List.of(
                        hits.get(0).get("path").asString(),
                        hits.get(1).get("path").asString()))
                .containsExactlyInAnyOrder(
                        served.picture(7).toString(),
                        served.data().resolve("odd/copy.png").toString());
        assertThat(hits.get(0).get("score").floatValue()).isCloseTo(1, within(1e-3f));
        String id = hits.get(0).get("id").asString();
        JsonNode same =
                json(post("/v1/search", "{\"id\": \"" + id + "\", \"top\": 1}")).get("hits");
        assertThat(same.get(0).get("id").asString())
                .isEqualTo(hits.get(1).get("id").asString());

        assertThat(get("/v1/samples/" + id + "/picture").headers().firstValue("Content-Type"))
                .hasValue("image/png");
        assertThat(get("/v1/samples/" + id + "/file").statusCode()).isEqualTo(200);
        assertThat(get("/v1/samples/9999/picture").statusCode()).isEqualTo(404);
        assertThat(json(get("/v1/map")).get("points")).hasSize(ServedRun.PICTURES + 1);
        JsonNode curation = json(get("/v1/curation"));
        assertThat(curation.get("duplicates").get(0).get("samples")).hasSizeGreaterThan(1);
        JsonNode models = json(get("/v1/models")).get("data");
        assertThat(models.get(0).get("id").asString()).isEqualTo("pictures.index");
        assertThat(models.get(0).get("samples").asInt()).isEqualTo(ServedRun.PICTURES + 1);
        assertThat(models.get(1).get("modality").asString()).isEqualTo("text");
        assertThat(get("/v1/map?model=texts").statusCode()).isEqualTo(404);
    }

    @Test
    void wrongRequestsGetTheRightStatusAndOneLine() throws Exception {
        String good = base64(served.picture(1));
        Object[][] cases = {
            {"/v1/embeddings", "{", 400},
            {"/v1/embeddings", "[]", 422},
            {"/v1/embeddings", "{\"model\": \"default\"}", 422},
            {"/v1/embeddings", "{\"input\": [[1, 2, 3]]}", 422},
            {"/v1/embeddings", "{\"input\": [{\"image\": \"" + good + "\", \"audio\": \"\"}]}", 422},
            {"/v1/embeddings", "{\"input\": [{\"image\": \"AAAA\"}]}", 422},
            {"/v1/embeddings", "{\"model\": \"none\", \"input\": [{\"image\": \"" + good + "\"}]}", 404},
            {"/v1/embeddings", "{\"dimensions\": 3, \"input\": [{\"image\": \"" + good + "\"}]}", 422},
            {"/v1/embeddings", "{\"encoding_format\": \"x\", \"input\": [{\"image\": \"" + good + "\"}]}", 422},
            {"/v1/search", "{\"id\": \"none\"}", 404},
            {"/v1/search", "{\"top\": 0, \"id\": \"0\"}", 422},
            {"/v1/search", "{}", 422},
            {"/v1/models", "{}", 405},
            {"/nothing", "{}", 405},
        };
        for (Object[] each : cases) {
            HttpResponse<String> response = post((String) each[0], (String) each[1]);
            assertThat(response.statusCode()).as(each[0] + " " + each[1]).isEqualTo(each[2]);
            assertThat(json(response).get("error").get("message").asString())
                    .isNotBlank()
                    .hasLineCount(1);
        }
        assertThat(json(post("/v1/embeddings", "{\"input\": [{\"image\": \"AAAA\"}]}"))
                        .get("error")
                        .get("message")
                        .asString())
                .startsWith("not an image of a known format"); // as the command says
        assertThat(get("/v1/embeddings").statusCode()).isEqualTo(405);
        assertThat(get("/nothing").statusCode()).isEqualTo(404);
        HttpRequest other = HttpRequest.newBuilder(URI.create(server.address() + "/v1/embeddings"))
                .POST(BodyPublishers.ofString("{}"))
                .build();
        assertThat(http.send(other, BodyHandlers.ofString()).statusCode()).isEqualTo(415);
    }

    @Test
    void aCallerThatHangsOrSendsGarbageDisturbsNobody() throws Exception {
        URI address = URI.create(server.address());
        List<Socket> sockets = new ArrayList<>();
        for (String text : List.of(
                "",
                "\0\1\2garbage\r\n\r\n",
                "POST /v1/embeddings HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\n{")) {
            Socket socket = new Socket(address.getHost(), address.getPort());
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            sockets.add(socket);
        }
        assertThat(post("/v1/embeddings", image(served.picture(2))).statusCode())
                .isEqualTo(200);
        for (Socket socket : sockets) {
            socket.close();
        }
        assertThat(post("/v1/embeddings", image(served.picture(2))).statusCode())
                .isEqualTo(200);
    }

    @Test
    void countsAndDescribesItself() throws Exception {
        post("/v1/embeddings", image(served.picture(2)));
        assertThat(get("/healthz").body()).isEqualTo("ok\n");
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        assertThat(get("/metrics").body())
                .contains("# TYPE d2v_requests_total counter")
                .containsPattern("d2v_requests_total\\{route=\"/v1/embeddings\",status=\"200\"\\} \\d")
                .contains("d2v_batch_samples_count", "d2v_waiting_samples", "d2v_request_seconds_bucket");
        SwaggerParseResult parsed =
                new OpenAPIV3Parser().readContents(get("/openapi.json").body());
        assertThat(parsed.getMessages()).isEmpty();
        assertThat(parsed.getOpenAPI().getPaths()).containsKeys("/v1/embeddings", "/v1/search", "/metrics");
        for (String path : List.of("/", "/page.js", "/page.css")) {
            assertThat(get(path).body()).isNotBlank().doesNotContain("http://", "https://");
        }
        assertThat(get("/").headers().firstValue("Content-Security-Policy")).isPresent();
    }

    /** With a queue of one sample, of 32 callers some get 429, and no accepted request is lost. */
    @Test
    void fullQueuesRefuseAndLargeRequestsToo() throws Exception {
        ServerConfig small = ANY_PORT.withLimits(1, 4_000).withBatch(1, 0);
        try (VectorServer narrow = VectorServer.start(List.of(served.run()), small)) {
            List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                all.add(http.sendAsync(
                        request(narrow, "/v1/embeddings", image(served.picture(1))), BodyHandlers.ofString()));
            }
            List<Integer> statuses =
                    all.stream().map(each -> each.join().statusCode()).toList();
            assertThat(statuses).contains(200).allMatch(status -> status == 200 || status == 429);
            HttpResponse<String> large = http.send(
                    request(narrow, "/v1/embeddings", "{\"input\": \"" + "x".repeat(5_000) + "\"}"),
                    BodyHandlers.ofString());
            assertThat(large.statusCode()).isEqualTo(413);
            String two = "{\"input\": [{\"image\": \"" + base64(served.picture(1)) + "\"}, {\"image\": \""
                    + base64(served.picture(1)) + "\"}]}";
            assertThat(http.send(request(narrow, "/v1/embeddings", two), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(422);
        }
    }

    @Test
    void othersNeedATokenAndClosingAnswersWhatWasAccepted() throws Exception {
        assertThatThrownBy(() -> ANY_PORT.withHost("0.0.0.0", ""))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("set a token");
        List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
        try (VectorServer closed =
                VectorServer.start(List.of(served.run()), ANY_PORT.withHost("127.0.0.1", "secret"))) {
            assertThatThrownBy(() -> client(closed, "other")
                            .embeddings()
                            .create(EmbeddingCreateParams.builder()
                                    .model("default")
                                    .input("x")
                                    .build()))
                    .isInstanceOf(UnauthorizedException.class);
            for (int i = 0; i < 24; i++) {
                HttpRequest request = HttpRequest.newBuilder(URI.create(closed.address() + "/v1/embeddings"))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer secret")
                        .POST(BodyPublishers.ofString(image(served.picture(i))))
                        .build();
                all.add(http.sendAsync(request, BodyHandlers.ofString()));
            }
            all.get(0).join();
        }
        for (CompletableFuture<HttpResponse<String>> each : all) {
            int status = each.handle((response, failure) -> failure == null ? response.statusCode() : -1)
                    .join();
            assertThat(status).isIn(200, 503, -1); // answered, or not accepted any more
        }
        assertThat(all.get(0).join().statusCode()).isEqualTo(200);
    }
}
