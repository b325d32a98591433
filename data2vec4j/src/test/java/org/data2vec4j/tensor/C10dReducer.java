package org.data2vec4j.tensor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.BackendOptional;
import org.bytedeco.pytorch.BoolVector;
import org.bytedeco.pytorch.FileStore;
import org.bytedeco.pytorch.GlooDeviceVector;
import org.bytedeco.pytorch.ProcessGroup;
import org.bytedeco.pytorch.ProcessGroupGloo;
import org.bytedeco.pytorch.Reducer;
import org.bytedeco.pytorch.SizeTStringMap;
import org.bytedeco.pytorch.SizeTVector;
import org.bytedeco.pytorch.SizeTVectorVector;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch_gloo;
import org.data2vec4j.tensor.distributed.Rendezvous;

/**
 * c10d's own Reducer, what PyTorch's DistributedDataParallel is made of, over leaves with gradients: to be timed beside our buckets.
 * Its processes meet by a file that all see. What it is made of lasts as long as the process.
 */
public final class C10dReducer {
    private static final List<Pointer> HELD = new ArrayList<>();
    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    private static final int WORKERS = 8; // as many as ours
    private static final int FLOAT = 4;

    private final Reducer raw;

    private C10dReducer(Reducer raw) {
        this.raw = raw;
    }

    /** The processes of a launch, once per process. */
    public static final class Group {
        private final ProcessGroup raw;

        private Group(ProcessGroup raw) {
            this.raw = raw;
        }
    }

    /**
     * Meets the others.
     *
     * @param file a new file that all see
     * @param address of this process, to listen on
     */
    public static Group meet(Rendezvous where, Path file, String address) {
        return withoutScope(() -> {
            Loader.load(torch_gloo.class);
            FileStore store = held(new FileStore(file.toString(), where.world()));
            ProcessGroupGloo.Options options =
                    held(ProcessGroupGloo.Options.create(new Milliseconds(TIMEOUT.toMillis())));
            options.devices(held(new GlooDeviceVector(held(ProcessGroupGloo.createDeviceForHostname(address)))));
            options.threads(WORKERS);
            ProcessGroupGloo gloo = held(new ProcessGroupGloo(store, where.rank(), where.world(), options));
            ProcessGroup group = held(new ProcessGroup(where.rank(), where.world())); // with a store, it aborts
            group.setBackend(torch.DeviceType.CPU, ProcessGroup.BackendType.GLOO, held(new BackendOptional(gloo)));
            return new Group(group);
        });
    }

    /** Hooks leaves, in the order in which a forward pass uses them, in buckets from the last one on. */
    public static C10dReducer over(Group group, List<Tensor> leaves, double megabytes) {
        return withoutScope(() -> {
            TensorVector parameters = held(new TensorVector());
            leaves.forEach(leaf -> parameters.push_back(leaf.raw));
            long bytes = Math.round(megabytes * (1 << 20));
            return new C10dReducer(held(new Reducer(
                    parameters,
                    buckets(leaves, bytes),
                    group.raw,
                    held(new BoolVector(leaves.size())),
                    bytes,
                    false,
                    false,
                    held(new SizeTStringMap()),
                    bytes,
                    false,
                    false)));
        });
    }

    private static SizeTVectorVector buckets(List<Tensor> leaves, long bytes) {
        List<SizeTVector> buckets = new ArrayList<>();
        SizeTVector bucket = held(new SizeTVector());
        long size = 0;
        for (int i = leaves.size() - 1; i >= 0; i--) {
            bucket.push_back(i);
            size += FLOAT * leaves.get(i).numel();
            if (size >= bytes || i == 0) {
                buckets.add(bucket);
                bucket = held(new SizeTVector());
                size = 0;
            }
        }
        return held(new SizeTVectorVector(buckets.toArray(SizeTVector[]::new)));
    }

    /** Before each forward pass: the next back-propagation leaves gradients that are means over all processes. */
    public void prepare() {
        raw.prepare_for_forward();
        raw.prepare_for_backward(new TensorVector());
    }

    /** Takes the hooks away. */
    public void remove() {
        raw.remove_autograd_hooks();
    }

    private interface Work<T> {
        T run();
    }

    /** On a thread of its own, where no scope frees what is to last. */
    private static <T> T withoutScope(Work<T> work) {
        CompletableFuture<T> made = new CompletableFuture<>();
        new Thread(() -> {
                    try {
                        made.complete(work.run());
                    } catch (RuntimeException | LinkageError e) {
                        made.completeExceptionally(e);
                    }
                })
                .start();
        return made.join();
    }

    private static <P extends Pointer> P held(P made) {
        HELD.add(made);
        return made;
    }
}
