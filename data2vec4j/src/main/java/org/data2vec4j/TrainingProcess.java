package org.data2vec4j;

import java.io.IOException;
import java.time.Duration;
import org.data2vec4j.tensor.distributed.GlooGroup;
import org.data2vec4j.tensor.distributed.ProcessGroup;
import org.data2vec4j.tensor.distributed.Rendezvous;

/**
 * The place of this process among those that train one run together. Immutable.
 *
 * @param rank this process, from 0
 * @param size how many there are
 * @param localRank this process among those of its machine, from 0; it takes the GPU of that number
 * @param localSize how many processes its machine has
 * @param host the address of process 0, which listens on it
 * @param port where it listens; any number above 0 where there is one process
 */
public record TrainingProcess(int rank, int size, int localRank, int localSize, String host, int port) {
    /** A process that trains alone. */
    public static final TrainingProcess SINGLE = new TrainingProcess(0, 1, 0, 1, "127.0.0.1", 1);

    /**
     * A port of an address of this machine that nobody listens on now, to meet on at once.
     *
     * @throws IOException if this machine cannot listen on the address
     */
    public static int freePort(String host) throws IOException {
        return Rendezvous.freePort(host);
    }

    /** Meets the other processes. */
    ProcessGroup meet(Duration timeout) {
        return size == 1
                ? ProcessGroup.single()
                : GlooGroup.meet(new Rendezvous(rank, size, localRank, localSize, host, port, timeout));
    }
}
