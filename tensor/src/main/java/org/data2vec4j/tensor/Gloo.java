package org.data2vec4j.tensor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.BroadcastOptions;
import org.bytedeco.pytorch.ByteVector;
import org.bytedeco.pytorch.FileStore;
import org.bytedeco.pytorch.GlooDeviceVector;
import org.bytedeco.pytorch.ProcessGroupGloo;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.Work;
import org.bytedeco.pytorch.global.torch_gloo;
import org.data2vec4j.core.UserException;

/**
 * c10d's ProcessGroupGloo. Its own way to meet, a TCPStore, listens on every address of a machine and cannot be told otherwise; so
 * each process has a store of its own, in a file that nobody else reads, into which the others' addresses are put as they come from
 * elsewhere.
 */
public final class Gloo {
    /** Gloo's own limit: it must not give up before those who know whose fault it is. */
    private static final Duration NEVER = Duration.ofDays(30);

    private static final String KEY = "0/"; // of the group's only context
    private static final int WORKERS = 8; // sums under way at once: over a slow network each of them mostly waits

    /**
     * What a group is made of, for as long as the process lasts: taken apart by the garbage collector, it corrupted memory now and
     * then. A process has one group.
     */
    private static final Queue<Pointer> HELD = new ConcurrentLinkedQueue<>();

    private final ProcessGroupGloo group;
    private final int rank;

    /** What is under way. */
    public static final class Collective {
        private final Work work;
        private final Tensor host;
        private final Tensor result;

        private Collective(Work work, Tensor host, Tensor result) {
            this.work = work;
            this.host = host;
            this.result = result;
            work.retainReference(); // begun in the scope of a micro-batch, ended after it
            host.raw.retainReference();
            result.raw.retainReference();
        }

        /** Whether {@link #finish} would return or throw at once. */
        public boolean done() {
            return work.isCompleted();
        }

        /** Waits for the end and brings the result to where the tensor lives; throws what went wrong. */
        public void finish() {
            work._wait();
            if (host != result) {
                result.detach().copy_(host);
            }
            work.releaseReference();
            host.raw.releaseReference();
            result.raw.releaseReference();
        }
    }

    private Gloo(ProcessGroupGloo group, int rank) {
        this.group = group;
        this.rank = rank;
    }

    /**
     * Connects every process with every other.
     *
     * @param file a new file of this process's own; may be deleted afterwards
     * @param address the one address to listen on
     * @param exchange gives all processes' addresses, in one array of world parts, for one's own
     */
    public static Gloo connect(Path file, int rank, int world, String address, Duration timeout, Exchange exchange) {
        Native.load();
        Loader.load(torch_gloo.class);
        CompletableFuture<FileStore> opened = new CompletableFuture<>();
        CompletableFuture<ProcessGroupGloo> connected = new CompletableFuture<>();
        Thread thread =
                new Thread( // without a scope, which would free what is to last; and connecting waits for the store
                        () -> {
                            try {
                                FileStore store = held(new FileStore(file.toString(), 1));
                                store.setTimeout(millis(timeout));
                                opened.complete(store);
                                connected.complete(held(new ProcessGroupGloo(store, rank, world, options(address))));
                            } catch (RuntimeException | LinkageError e) {
                                opened.completeExceptionally(e);
                                connected.completeExceptionally(e);
                            }
                        },
                        "gloo-connect");
        thread.setDaemon(true);
        thread.start();
        FileStore store = get(opened, timeout, address);
        byte[][] addresses = exchange.all(bytes(store.get(KEY + rank)));
        for (int other = 0; other < world; other++) {
            if (other != rank) {
                store.set(KEY + other, new ByteVector(addresses[other]));
            }
        }
        return new Gloo(get(connected, timeout, address), rank);
    }

    /** How addresses get from process to process. */
    @FunctionalInterface
    public interface Exchange {
        /** Every process's bytes, by rank. */
        byte[][] all(byte[] mine);
    }

    private static ProcessGroupGloo.Options options(String address) {
        ProcessGroupGloo.Options options = held(ProcessGroupGloo.Options.create(millis(NEVER)));
        options.devices(held(new GlooDeviceVector(held(ProcessGroupGloo.createDeviceForHostname(address)))));
        options.timeout(millis(NEVER));
        options.threads(WORKERS);
        return options;
    }

    private static <P extends Pointer> P held(P made) {
        HELD.add(made);
        return made;
    }

    private static Milliseconds millis(Duration duration) {
        return new Milliseconds(duration.toMillis());
    }

    private static <T> T get(CompletableFuture<T> made, Duration timeout, String address) {
        try {
            return made.get(2 * timeout.toMillis() + 1000, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new UserException("Gloo cannot be used here: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("no connection by " + address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static byte[] bytes(ByteVector vector) {
        byte[] bytes = new byte[(int) vector.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = vector.get(i);
        }
        return bytes;
    }

    /** Begins to replace a contiguous tensor by its sum over all processes. */
    public Collective sum(Tensor tensor) {
        Tensor host = tensor.to(Device.CPU);
        return new Collective(group.allreduce(new TensorVector(host.raw)), host, tensor);
    }

    /** Begins to replace a contiguous tensor by that of one process. */
    public Collective broadcast(Tensor tensor, int from) {
        Tensor host = tensor.to(Device.CPU);
        BroadcastOptions options = new BroadcastOptions();
        options.rootRank(from);
        return new Collective(group.broadcast(new TensorVector(host.raw), options), host, tensor);
    }

    @Override
    public String toString() {
        return "gloo, rank " + rank;
    }
}
