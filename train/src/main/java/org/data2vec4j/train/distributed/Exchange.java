package org.data2vec4j.train.distributed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.tensor.GradientHook;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.distributed.ProcessGroup;
import org.jspecify.annotations.Nullable;

/**
 * Sums the flat gradients over all processes, once per update, in buckets. A bucket is under way as soon as back-propagation has
 * passed it: hooks at its parameters count. Buckets begin in the same order in every process, whatever the order in which they are
 * known, since that is how collectives are matched. Belongs to the {@link org.data2vec4j.tensor.Scope} of the weights.
 */
public final class Exchange {
    /** Of a run of one process. */
    public static final Exchange NONE = new Exchange(ProcessGroup.alone(), null, List.of(), false);

    private final ProcessGroup group;
    private final @Nullable Weights weights;
    private final List<Bucket> buckets;
    private final int[] known;
    private final List<ProcessGroup.Pending> pending = new ArrayList<>();
    private boolean armed;
    private @Nullable RuntimeException failure;
    private long exposedNanos;

    private Exchange(ProcessGroup group, @Nullable Weights weights, List<Bucket> buckets, boolean overlap) {
        this.group = group;
        this.weights = weights;
        this.buckets = buckets;
        this.known = new int[buckets.size()];
        for (int i = 0; i < buckets.size() && overlap; i++) {
            int bucket = i;
            GradientHook.on(buckets.get(i).leaves(), () -> passed(bucket));
        }
    }

    /** Of these weights, whose memory it shares. */
    public static Exchange of(ProcessGroup group, Weights weights, DistributedConfig config) {
        if (group.size() == 1) {
            return NONE;
        }
        boolean overlap =
                config.overlap() && weights.values().device().isCpu(); // a GPU back-propagates on another thread
        return new Exchange(group, weights, Bucket.of(weights, config.bucketMb()), overlap);
    }

    /** The processes. */
    public ProcessGroup group() {
        return group;
    }

    /** How many pieces the gradients are reduced in. */
    public int buckets() {
        return buckets.size();
    }

    /** The next back-propagation is an update's last one: what it has passed may be reduced. */
    public void arm() {
        Arrays.fill(known, 0);
        armed = true;
    }

    /** A gradient of this bucket is known, and about to be added. */
    private void passed(int bucket) {
        if (!armed || failure != null) {
            return;
        }
        known[bucket]++;
        while (pending.size() < buckets.size()
                && pending.size() != bucket // its last gradient is not in the buffer yet
                && known[pending.size()] == buckets.get(pending.size()).leaves().size()) {
            try {
                begin(pending.size());
            } catch (RuntimeException e) {
                failure = e; // it must not go through native code
                return;
            }
        }
    }

    private void begin(int index) {
        Weights reduced = weights;
        if (reduced != null) {
            Bucket bucket = buckets.get(index);
            Tensor part = reduced.gradients().narrow(0, bucket.start(), bucket.length());
            pending.add(group.startSum(part));
        }
    }

    /** Reduces what is left and waits for all: the gradients are sums over all processes then. */
    public void finish() {
        armed = false;
        if (failure != null) {
            throw failure;
        }
        long start = System.nanoTime();
        while (pending.size() < buckets.size()) {
            begin(pending.size());
        }
        pending.forEach(ProcessGroup.Pending::await);
        pending.clear();
        exposedNanos += System.nanoTime() - start;
    }

    /** Seconds for which this process has done nothing but wait for sums of gradients, in all updates. */
    public double exposedSeconds() {
        return exposedNanos / 1e9;
    }
}
