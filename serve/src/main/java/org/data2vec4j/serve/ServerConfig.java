package org.data2vec4j.serve;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.UserException;

/**
 * How a server listens and what it accepts.
 *
 * @param host the address to listen at
 * @param port to listen at; 0 for any that is free
 * @param token that callers must send; empty for none, which only addresses of this machine may have
 * @param queue samples that may wait for a model; more are refused
 * @param largestBody the most bytes of a request
 * @param batch samples that are embedded together at most
 * @param waitMillis how long the first sample of a batch waits for others
 * @param limitSeconds after which a request is given up, and a silent connection closed
 */
public record ServerConfig(
        String host, int port, String token, int queue, int largestBody, int batch, int waitMillis, int limitSeconds) {
    /** This machine only, port 8080: 32 MiB a request, 256 samples waiting, 32 together, 2 ms, 60 s. */
    public static final ServerConfig DEFAULT = new ServerConfig("127.0.0.1", 8080, "", 256, 32 << 20, 32, 2, 60);

    /** Refuses an open address without a token. */
    public ServerConfig {
        Check.inRange("port", port, 0, 65_535);
        Check.positive("queue", queue);
        Check.positive("largest body", largestBody);
        Check.positive("batch", batch);
        Check.inRange("wait", waitMillis, 0, 1000);
        Check.inRange("time limit", limitSeconds, 1, 3600);
        if (token.isEmpty() && !loopback(host)) {
            throw new UserException(
                    "host is " + host + ", which other machines can reach; set a token that callers must send"
                            + " (--token or the environment variable D2V_TOKEN), or listen at 127.0.0.1");
        }
    }

    private static boolean loopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new UserException("host '" + host + "' is not an address of this machine", e);
        }
    }

    /** The same at another address. */
    public ServerConfig withHost(String other, String otherToken) {
        return new ServerConfig(other, port, otherToken, queue, largestBody, batch, waitMillis, limitSeconds);
    }

    /** The same at another port. */
    public ServerConfig withPort(int other) {
        return new ServerConfig(host, other, token, queue, largestBody, batch, waitMillis, limitSeconds);
    }

    /** The same with other limits of what may wait, in samples, and of a request's bytes. */
    public ServerConfig withLimits(int otherQueue, int otherBody) {
        return new ServerConfig(host, port, token, otherQueue, otherBody, batch, waitMillis, limitSeconds);
    }

    /** The same with other batches. */
    public ServerConfig withBatch(int other, int otherWait) {
        return new ServerConfig(host, port, token, queue, largestBody, other, otherWait, limitSeconds);
    }
}
