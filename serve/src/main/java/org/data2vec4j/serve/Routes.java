package org.data2vec4j.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.data2vec4j.core.UserException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests: who may ask, which route it is, and what an error looks like. */
final class Routes extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);
    private static final Map<String, String> PAGES = Map.of(
            "/", "text/html; charset=utf-8",
            "/page.js", "text/javascript; charset=utf-8",
            "/page.css", "text/css; charset=utf-8",
            "/openapi.json", "application/json");
    private static final String SAMPLES = "/v1/samples/";
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self'; frame-ancestors 'none'";

    private final Api api;
    private final ServerConfig config;
    private final ServerMetrics metrics;
    private final BooleanSupplier ready;

    Routes(Api api, ServerConfig config, ServerMetrics metrics, BooleanSupplier ready) {
        this.api = api;
        this.config = config;
        this.metrics = metrics;
        this.ready = ready;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        long begun = System.nanoTime();
        String path = request.getHttpURI().getDecodedPath();
        Answer answer;
        try {
            answer = answer(request, path);
        } catch (Refusal e) {
            answer = Answer.error(e.status(), String.valueOf(e.getMessage()));
        } catch (UserException e) {
            answer = Answer.error(422, String.valueOf(e.getMessage()));
        } catch (RuntimeException | IOException e) {
            LOG.error("request {} failed", path, e);
            answer = Answer.error(500, "an error inside the server; its log says which");
        }
        response.setStatus(answer.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.type());
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.getHeaders().put("Content-Security-Policy", POLICY);
        if (answer.status() == 401) {
            response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
        }
        if (answer.status() == 429) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
        }
        metrics.answered(route(path), answer.status(), System.nanoTime() - begun);
        response.write(true, ByteBuffer.wrap(answer.body()), callback);
        return true;
    }

    /** A path without what differs from sample to sample; unknown ones together, so that nobody can make more. */
    private static String route(String path) {
        if (path.startsWith(SAMPLES)) {
            return SAMPLES;
        }
        return path.matches("/v1/(embeddings|search|models|map|curation)|/healthz|/readyz|/metrics")
                        || PAGES.containsKey(path)
                ? path
                : "other";
    }

    private Answer answer(Request request, String path) throws IOException {
        if (path.equals("/healthz")) {
            return Answer.of("text/plain", "ok\n".getBytes(StandardCharsets.UTF_8));
        }
        if (path.equals("/readyz")) {
            return ready.getAsBoolean()
                    ? Answer.of("text/plain", "ready\n".getBytes(StandardCharsets.UTF_8))
                    : Answer.error(503, "the server stops");
        }
        if (PAGES.containsKey(path)) {
            return Answer.of(PAGES.get(path), resource(path.equals("/") ? "/page.html" : path));
        }
        checkToken(request);
        if (path.equals("/metrics")) {
            return Answer.of("text/plain; version=0.0.4; charset=utf-8", metrics.text());
        }
        boolean post = path.equals("/v1/embeddings") || path.equals("/v1/search");
        String method = request.getMethod();
        if (post && !method.equals("POST")) {
            throw new Refusal(405, path + " is asked by POST");
        }
        if (!post && !method.equals("GET") && !method.equals("HEAD")) {
            throw new Refusal(405, path + " is asked by GET");
        }
        Fields query = Request.extractQueryParameters(request);
        String model = query.getValue("model");
        return switch (path) {
            case "/v1/embeddings" -> api.embeddings(request);
            case "/v1/search" -> api.search(request);
            case "/v1/models" -> api.models();
            case "/v1/map" -> api.map(model);
            case "/v1/curation" -> api.curation(model);
            default -> sample(model, path);
        };
    }

    private Answer sample(@Nullable String model, String path) {
        int end = path.lastIndexOf('/');
        String part = path.substring(end + 1);
        if (!path.startsWith(SAMPLES) || end < SAMPLES.length() || !part.matches("picture|file")) {
            throw new Refusal(404, "there is no " + path + "; /openapi.json lists what there is");
        }
        String id = URLDecoder.decode(path.substring(SAMPLES.length(), end), StandardCharsets.UTF_8);
        return api.part(model, id, part);
    }

    private void checkToken(Request request) {
        if (config.token().isEmpty()) {
            return;
        }
        String given = String.valueOf(request.getHeaders().get(HttpHeader.AUTHORIZATION));
        byte[] expected = ("Bearer " + config.token()).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8))) {
            throw new Refusal(401, "the header 'Authorization: Bearer TOKEN' is missing or has another token");
        }
    }

    private static byte[] resource(String path) {
        try (InputStream in = Routes.class.getResourceAsStream("/org/data2vec4j/serve" + path)) {
            if (in == null) {
                throw new IllegalStateException("the page " + path + " is missing from the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
