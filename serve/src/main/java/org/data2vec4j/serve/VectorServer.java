package org.data2vec4j.serve;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.data2vec4j.core.UserException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Models and indexes over HTTP. Whoever starts it closes it, in the same thread: it then takes no more requests, answers those that it
 * has, and frees the models.
 */
public final class VectorServer implements AutoCloseable {
    private static final int MOST_THREADS = 200;

    private final List<ServedModel> models;
    private final Server server;
    private final ServerConnector connector;
    private volatile boolean ready;

    private VectorServer(List<ServedModel> models, Server server, ServerConnector connector) {
        this.models = models;
        this.server = server;
        this.connector = connector;
    }

    /**
     * Opens models and listens.
     *
     * @param paths indexes and run directories; the first is also called {@code default}
     * @throws UserException if one cannot be opened, or the port is taken
     */
    public static VectorServer start(List<Path> paths, ServerConfig config) {
        ServerMetrics metrics = new ServerMetrics();
        List<ServedModel> models = new ArrayList<>();
        boolean started = false;
        try {
            Set<String> names = new HashSet<>(Set.of("default"));
            for (Path path : paths) {
                String base = String.valueOf(path.toAbsolutePath().normalize().getFileName());
                String name = base;
                for (int i = 2; !names.add(name); i++) {
                    name = base + "-" + i;
                }
                models.add(ServedModel.open(name, path, model -> new EmbeddingQueue(model, config, metrics::batch)));
            }
            metrics.waiting(() ->
                    models.stream().mapToInt(model -> model.queue().size()).sum());
            VectorServer running = listen(models, config, metrics);
            started = true;
            return running;
        } finally {
            if (!started) {
                close(models);
            }
        }
    }

    private static VectorServer listen(List<ServedModel> models, ServerConfig config, ServerMetrics metrics) {
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS);
        threads.setName("http");
        if (VirtualThreads.areSupported()) {
            threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
        }
        Server server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(config.host());
        connector.setPort(config.port());
        connector.setIdleTimeout(TimeUnit.SECONDS.toMillis(config.limitSeconds()));
        server.addConnector(connector);
        VectorServer running = new VectorServer(models, server, connector);
        server.setHandler(
                new GracefulHandler(new Routes(new Api(models, config), config, metrics, () -> running.ready)));
        server.setErrorHandler(VectorServer::refuse);
        server.setStopTimeout(TimeUnit.SECONDS.toMillis(config.limitSeconds()));
        try {
            server.start();
        } catch (IOException e) {
            stop(server);
            throw new UserException(
                    "cannot listen at " + config.host() + ":" + config.port() + ": " + e.getMessage()
                            + "; choose another --port",
                    e);
        } catch (Exception e) { // Jetty's signature
            stop(server);
            throw new IllegalStateException(e);
        }
        running.ready = true;
        return running;
    }

    /** What no route was asked for: requests that are not HTTP, and those that come while the server stops. */
    private static boolean refuse(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        Answer answer = Answer.error(
                status,
                status == HttpStatus.SERVICE_UNAVAILABLE_503
                        ? "the server stops and takes no more requests"
                        : "the request was refused: " + HttpStatus.getMessage(status));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.type());
        response.write(true, ByteBuffer.wrap(answer.body()), callback);
        return true;
    }

    /** Where it listens, such as {@code http://127.0.0.1:8080}. */
    public String address() {
        return "http://" + connector.getHost() + ":" + connector.getLocalPort();
    }

    @Override
    public void close() {
        ready = false;
        stop(server);
        close(models);
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (Exception e) { // Jetty's signature; there is nothing left to free
            throw new IllegalStateException(e);
        }
    }

    /** In the reverse order, since their memory is in scopes of this thread. */
    private static void close(List<ServedModel> models) {
        for (int i = models.size() - 1; i >= 0; i--) {
            models.get(i).close();
        }
    }
}
