package org.data2vec4j.tensor.distributed;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.Socket;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Who is there. Every process has a connection to process 0 and sends signs of life over it, with how many collectives it has
 * entered. Process 0 finds out who has died, is silent, or does not come, and tells all; the others find out about process 0.
 * The first fault stands.
 */
final class FailureDetector implements AutoCloseable {
    /** How many timeouts a process may let the others wait while it gives signs of life. */
    private static final int PATIENCE = 10;

    private static final long FAREWELL_NANOS = 2_000_000_000L;

    private final Rendezvous where;
    private final Map<Integer, Connection> links = new ConcurrentHashMap<>();
    private final long[] heard;
    private final long[] entered;
    private final long[] enteredAt;
    private final boolean[] busy;
    private final Object news = new Object();
    private @Nullable String fault;
    private boolean declared;
    private volatile boolean ends;

    FailureDetector(Rendezvous where, Map<Integer, Socket> peers) throws IOException {
        this.where = where;
        this.heard = new long[where.world()];
        this.entered = new long[where.world()];
        this.enteredAt = new long[where.world()];
        this.busy = new boolean[where.world()];
        Arrays.fill(heard, System.nanoTime());
        Arrays.fill(enteredAt, System.nanoTime());
        for (Map.Entry<Integer, Socket> peer : peers.entrySet()) {
            links.put(peer.getKey(), new Connection(peer.getValue()));
        }
    }

    /** Begins to listen and to give signs of life. */
    void begin() {
        links.forEach((rank, link) -> start("listen-" + rank, () -> listen(rank, link)));
        start("signs-of-life", this::beat);
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void beat() {
        long interval = Math.max(20, Math.min(2000, where.timeout().toMillis() / 8));
        while (!ends) {
            Connection.Beat own;
            synchronized (news) {
                heard[where.rank()] = System.nanoTime();
                own = new Connection.Beat(entered[where.rank()], busy[where.rank()]);
            }
            links.values().forEach(link -> link.send(own));
            judge();
            try {
                Thread.sleep(interval);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void listen(int rank, Connection link) {
        try {
            while (true) {
                Connection.Message message = link.read();
                if (message instanceof Connection.Beat beat) {
                    hear(rank, beat);
                } else if (message instanceof Connection.Fault told) {
                    declare(told.line());
                } else {
                    link.send(new Connection.Leave());
                    link.left();
                    return;
                }
            }
        } catch (IOException e) {
            if (!ends) {
                declare(where.name(rank) + " has died: its connection to " + (rank == 0 ? "this process" : "rank 0")
                        + " was closed");
            }
            link.left(); // behind that, or it would be blamed for having taken leave
        }
    }

    private void hear(int rank, Connection.Beat beat) {
        synchronized (news) {
            long now = System.nanoTime();
            heard[rank] = now;
            if (entered[rank] != beat.entered() || beat.busy()) {
                enteredAt[rank] = now;
            }
            entered[rank] = beat.entered();
            busy[rank] = beat.busy();
        }
    }

    /** Declares what time has shown. */
    private void judge() {
        long now = System.nanoTime();
        long limit = where.timeout().toNanos();
        String line = null;
        synchronized (news) {
            long furthest = Arrays.stream(entered).max().orElse(0);
            for (Map.Entry<Integer, Connection> link : links.entrySet()) {
                int rank = link.getKey();
                if (link.getValue().hasLeft()) {
                    continue;
                }
                if (now - heard[rank] > limit) {
                    line = where.name(rank) + " has not been heard of for " + seconds(limit)
                            + " s: it hangs, or its machine or network is gone";
                } else if (rank != 0 && entered[rank] < furthest && now - enteredAt[rank] > PATIENCE * limit) {
                    line = where.name(rank) + " is alive, but the others have waited for it for "
                            + seconds(PATIENCE * limit) + " s";
                }
            }
        }
        if (line != null) {
            declare(line);
        }
    }

    private static String seconds(long nanos) {
        return BigDecimal.valueOf(nanos / 1_000_000, 3).stripTrailingZeros().toPlainString();
    }

    /**
     * Makes a fault known, here and through process 0 everywhere: the others first, since who knows of it here takes leave at once, and
     * nobody reads on behind that.
     */
    void declare(String line) {
        synchronized (news) {
            if (declared || ends) {
                return;
            }
            declared = true;
        }
        links.values().forEach(link -> link.send(new Connection.Fault(line)));
        synchronized (news) {
            fault = line;
            news.notifyAll();
        }
    }

    /** One that has taken leave, as the line begins that blames it; null if nobody has. */
    @Nullable
    String gone() {
        return links.entrySet().stream()
                .filter(link -> link.getValue().hasLeft())
                .map(link -> where.name(link.getKey()))
                .findFirst()
                .orElse(null);
    }

    /** This process enters its next collective. */
    void enter() {
        synchronized (news) {
            entered[where.rank()]++;
            enteredAt[where.rank()] = System.nanoTime();
        }
    }

    void busy(boolean on) {
        synchronized (news) {
            busy[where.rank()] = on;
        }
    }

    /** What has gone wrong, or null. */
    @Nullable
    String fault() {
        synchronized (news) {
            return fault;
        }
    }

    /** Whether this is the time to go, for the first time; not while the others are being told of a fault, which leave would cut off. */
    private boolean mayLeave() {
        synchronized (news) {
            boolean before = ends;
            if (declared) {
                faultWithin(FAREWELL_NANOS / 1_000_000);
            }
            ends = true;
            return !before;
        }
    }

    /** Waits up to so long for somebody to find out what has gone wrong; null if nobody does. */
    @Nullable
    String faultWithin(long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        synchronized (news) {
            while (fault == null && System.nanoTime() < end) {
                try {
                    news.wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return fault;
                }
            }
            return fault;
        }
    }

    /** Takes leave of the others, and waits a while for theirs, so that they have read what was said last. */
    @Override
    public void close() {
        if (!mayLeave()) {
            return;
        }
        links.values().forEach(link -> link.send(new Connection.Leave()));
        long end = System.nanoTime() + FAREWELL_NANOS;
        while (System.nanoTime() < end && !links.values().stream().allMatch(Connection::hasLeft)) {
            LockSupport.parkNanos(1_000_000);
        }
        links.values().forEach(Connection::close);
    }
}
