package org.data2vec4j.tensor.distributed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.UserException;
import org.jspecify.annotations.Nullable;

/**
 * Where the processes of a run meet, as torchrun's variables say it; launchers for Slurm and Kubernetes set the same ones.
 *
 * @param rank this process, from 0
 * @param world how many there are
 * @param local this process among those of its machine, from 0
 * @param localWorld how many processes its machine has; 1 where nobody said
 * @param host the address of process 0, which listens on it and on no other
 * @param port where it listens
 * @param timeout after which a process that is silent is given up
 */
public record Rendezvous(int rank, int world, int local, int localWorld, String host, int port, Duration timeout) {
    /** Checks the ranges. */
    public Rendezvous {
        Check.inRange("the variable WORLD_SIZE", world, 1, 1 << 16);
        Check.inRange("the variable RANK", rank, 0, world - 1);
        Check.inRange("the variable LOCAL_WORLD_SIZE", localWorld, 1, world);
        Check.inRange("the variable LOCAL_RANK", local, 0, 1 << 16);
        Check.inRange("the variable MASTER_PORT", port, 1, 65_535);
        if (host.isBlank()) {
            throw new UserException("MASTER_ADDR is empty; set it to the address of process 0");
        }
    }

    /**
     * The meeting that the environment describes; null where it describes none, or one of a single process.
     *
     * @throws UserException naming the variable that is missing or makes no sense
     */
    public static @Nullable Rendezvous of(Map<String, String> environment, Duration timeout) {
        if (!environment.containsKey("WORLD_SIZE")) {
            return null;
        }
        int world = number(environment, "WORLD_SIZE", -1);
        if (world == 1) {
            return null;
        }
        int rank = number(environment, "RANK", -1);
        return new Rendezvous(
                rank,
                world,
                number(environment, "LOCAL_RANK", 0),
                number(environment, "LOCAL_WORLD_SIZE", 1),
                text(environment, "MASTER_ADDR"),
                number(environment, "MASTER_PORT", -1),
                timeout);
    }

    /** A port of an address of this machine that nobody listens on now, to meet on at once. */
    public static int freePort(String address) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            return socket.getLocalPort();
        }
    }

    /** {@code rank 1 of 4}. */
    String name(int other) {
        return "rank " + other + " of " + world;
    }

    /** {@code host:port}. */
    String place() {
        return host + ":" + port;
    }

    private static int number(Map<String, String> environment, String name, int otherwise) {
        if (otherwise >= 0 && !environment.containsKey(name)) {
            return otherwise;
        }
        String text = text(environment, name);
        try {
            return Integer.parseInt(text.trim());
        } catch (NumberFormatException e) {
            throw new UserException("the variable " + name + " is '" + text + "'; allowed: a whole number", e);
        }
    }

    private static String text(Map<String, String> environment, String name) {
        String text = environment.get(name);
        if (text == null) {
            throw new UserException("WORLD_SIZE is set but " + name + " is not; set RANK, WORLD_SIZE, MASTER_ADDR and"
                    + " MASTER_PORT as torchrun does, use d2v launch, or unset WORLD_SIZE");
        }
        return text;
    }
}
