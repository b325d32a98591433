package org.data2vec4j.tensor.distributed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.data2vec4j.core.UserException;
import org.data2vec4j.tensor.Gloo;
import org.data2vec4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Processes over Gloo, c10d's back end for CPUs. Gloo moves the numbers; who is there is {@link FailureDetector}'s affair, because Gloo knows
 * of a broken connection only and not whose fault it is.
 */
public final class GlooGroup implements ProcessGroup {
    private static final long BLAME_MILLIS = 3000; // beyond the timeout, within which the watch knows
    private static final long SPIN_NANOS = 200_000;
    private static final long ARRIVAL_NANOS = 1_000_000_000L;

    private final Rendezvous where;
    private final FailureDetector watch;
    private final Gloo gloo;

    private GlooGroup(Rendezvous where, FailureDetector watch, Gloo gloo) {
        this.where = where;
        this.watch = watch;
        this.gloo = gloo;
    }

    /**
     * Meets the other processes.
     *
     * @throws RankLostException naming who did not come within the timeout
     */
    public static GlooGroup meet(Rendezvous where) {
        TcpRendezvous meeting = TcpRendezvous.of(where);
        Path folder = null;
        try {
            folder = Files.createTempDirectory("d2v-gloo"); // for this user only
            Gloo gloo = Gloo.connect(
                    folder.resolve("store"),
                    where.rank(),
                    where.world(),
                    meeting.own().getHostAddress(),
                    where.timeout(),
                    meeting::exchange);
            FailureDetector watch = new FailureDetector(where, meeting.peers());
            watch.begin();
            return new GlooGroup(where, watch, gloo);
        } catch (IOException e) {
            meeting.close();
            throw new UserException("cannot write to the folder for temporary files: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            meeting.close();
            throw e instanceof UserException
                    ? e
                    : new RankLostException(where.name(where.rank()) + " could not connect to the others by "
                            + meeting.own().getHostAddress() + " (" + firstLine(e) + ")");
        } finally {
            delete(folder);
        }
    }

    private static void delete(@Nullable Path folder) {
        if (folder != null) {
            folder.resolve("store").toFile().delete();
            folder.toFile().delete();
        }
    }

    @Override
    public int rank() {
        return where.rank();
    }

    @Override
    public int size() {
        return where.world();
    }

    @Override
    public int localRank() {
        return where.local();
    }

    @Override
    public int localSize() {
        return where.localWorld();
    }

    @Override
    public Pending startAllReduce(Tensor tensor) {
        return begin(() -> gloo.sum(tensor));
    }

    @Override
    public void broadcast(Tensor tensor, int from) {
        begin(() -> gloo.broadcast(tensor, from)).await();
    }

    private Pending begin(Supplier<Gloo.Collective> collective) {
        watch.enter();
        try {
            Gloo.Collective begun = collective.get();
            return () -> await(begun);
        } catch (RuntimeException e) {
            throw lost(e);
        }
    }

    private void await(Gloo.Collective collective) {
        long start = System.nanoTime();
        while (!collective.done()) {
            if (watch.fault() != null) {
                throw lost(null);
            }
            long waited = System.nanoTime() - start;
            if (waited < SPIN_NANOS) {
                Thread.onSpinWait();
            } else {
                if (waited > where.timeout().toNanos()) {
                    blameWhoLeft(collective);
                }
                LockSupport.parkNanos(50_000);
            }
        }
        try {
            collective.finish();
        } catch (RuntimeException e) {
            throw lost(e);
        }
    }

    /** Nobody who has taken leave comes to a collective; but what it sent before may still be on its way. */
    private void blameWhoLeft(Gloo.Collective collective) {
        String gone = watch.gone();
        if (gone == null) {
            return;
        }
        long end = System.nanoTime() + ARRIVAL_NANOS;
        while (!collective.done() && System.nanoTime() < end) {
            LockSupport.parkNanos(50_000);
        }
        if (!collective.done()) {
            watch.declare(gone + " has ended while others waited for it");
        }
    }

    /** What the watch has found out by now or soon finds out; what Gloo says only if the watch sees nothing wrong. */
    private RankLostException lost(@Nullable RuntimeException gloo) {
        String fault = watch.faultWithin(where.timeout().toMillis() + BLAME_MILLIS);
        if (fault == null) {
            fault = where.name(where.rank()) + " has lost a connection to another"
                    + (gloo == null ? "" : " (" + firstLine(gloo) + ")");
            watch.declare(fault);
        }
        return new RankLostException(fault + "; this process (rank " + where.rank()
                + ") stops too. Nothing is half-written: the same command goes on from the newest checkpoint");
    }

    private static String firstLine(Throwable e) {
        String text = String.valueOf(e.getMessage());
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    @Override
    public <T> T keepAlive(Supplier<T> work) {
        watch.busy(true);
        try {
            return work.get();
        } finally {
            watch.busy(false);
        }
    }

    @Override
    public void fail(String why) {
        if (watch.fault() == null) {
            watch.declare(where.name(where.rank()) + " has stopped: " + why);
        }
    }

    @Override
    public void close() {
        watch.close();
    }
}
