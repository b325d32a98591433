package org.data2vec4j.cli.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.data2vec4j.cli.terminal.StopSignal;
import org.data2vec4j.core.Check;
import org.data2vec4j.serve.ServerConfig;
import org.data2vec4j.serve.VectorServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code d2v serve}: models and indexes over HTTP, and a page. */
@Command(
        name = "serve",
        description = {
            "Serve indexes and runs over HTTP: embeddings in the form of OpenAI's clients, search, and a page at /.",
            "The first is the model 'default'; each has the name of its folder too. /openapi.json describes the requests."
        },
        footer = {
            "",
            "Examples:",
            "  d2v serve photos.index",
            "  d2v serve photos.index runs/speech --port 9000",
            "  D2V_TOKEN=secret d2v serve photos.index --host 0.0.0.0"
        })
public final class ServeCommand implements Callable<Integer> {
    private static final int MEBIBYTE = 1 << 20;
    private static final int LARGEST_MEBIBYTES = 1024;

    @Parameters(arity = "1..*", paramLabel = "INDEX|RUN", description = "What d2v index made, or run directories.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    List<Path> paths;

    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "8080",
            description = "The port to listen at; 8080 unless given, 0 for any that is free.")
    int port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "The address to listen at; 127.0.0.1, which only this machine reaches, unless given.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    String host;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            defaultValue = "${env:D2V_TOKEN:-}",
            description =
                    "What callers must send as 'Authorization: Bearer TOKEN'; the variable D2V_TOKEN unless given.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    String token;

    @Option(
            names = "--queue",
            paramLabel = "N",
            defaultValue = "256",
            description = "How many samples may wait; more are answered with 429. 256 unless given.")
    int queue;

    @Option(
            names = "--body",
            paramLabel = "MIB",
            defaultValue = "32",
            description = "The largest request in MiB; larger ones are answered with 413. 32 unless given.")
    int body;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    /** Serves until SIGINT or SIGTERM; what was accepted is answered. */
    @Override
    public Integer call() throws InterruptedException {
        Check.inRange("--body", body, 1, LARGEST_MEBIBYTES);
        ServerConfig config =
                ServerConfig.DEFAULT.withPort(port).withHost(host, token).withLimits(queue, body * MEBIBYTE);
        PrintWriter out = spec.commandLine().getOut();
        try (StopSignal stop = new StopSignal();
                VectorServer server = VectorServer.start(paths, config)) {
            out.println("listening at " + server.address());
            out.flush();
            while (!stop.getAsBoolean()) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            out.println("stopping: no more requests are taken, those that are here are answered");
            out.flush();
        }
        return 0;
    }
}
