package org.data2vec4j.train.distributed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.tensor.GradientHook;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.tensor.distributed.ProcessGroup;
import org.jspecify.annotations.Nullable;

/**
 * Sums the flat gradients over all processes, once per update, in buckets. A bucket is under way as soon as back-propagation has
 * passed it: hooks at its parameters count. Buckets begin in the same order in every process, since that is how collectives are
 * matched: the one in which back-propagation passed them in process 0's first update, which begins them all afterwards. Belongs to
 * the {@link org.data2vec4j.tensor.Scope} of the weights.
 */
public final class GradientReducer {
    /** Of a run of one process. */
    public static final GradientReducer NONE = new GradientReducer(ProcessGroup.single(), null, List.of(), false);

    private final ProcessGroup group;
    private final @Nullable Weights weights;
    private final List<GradientBucket> buckets;
    private final int[] known;
    private final Set<Integer> firstOrder = new LinkedHashSet<>();
    private final List<ProcessGroup.Pending> pending = new ArrayList<>();
    private int[] order;
    private boolean ordered;
    private boolean armed;
    private @Nullable RuntimeException failure;
    private long exposedNanos;

    private GradientReducer(
            ProcessGroup group, @Nullable Weights weights, List<GradientBucket> buckets, boolean overlap) {
        this.group = group;
        this.weights = weights;
        this.buckets = buckets;
        this.known = new int[buckets.size()];
        this.order = IntStream.range(0, buckets.size()).toArray();
        this.ordered = !overlap;
        for (int i = 0; i < buckets.size() && overlap; i++) {
            int bucket = i;
            GradientHook.on(buckets.get(i).leaves(), () -> passed(bucket));
        }
    }

    /** Of these weights, whose memory it shares. */
    public static GradientReducer of(ProcessGroup group, Weights weights, DistributedConfig config) {
        if (group.size() == 1) {
            return NONE;
        }
        boolean overlap =
                config.overlap() && weights.values().device().isCpu(); // a GPU back-propagates on another thread
        return new GradientReducer(group, weights, GradientBucket.of(weights, config.bucketMb()), overlap);
    }

    /** The processes. */
    public ProcessGroup group() {
        return group;
    }

    /** How many pieces the gradients are reduced in. */
    public int buckets() {
        return buckets.size();
    }

    /** Tells that the next back-propagation is the last one of an update: what it has passed may be reduced. */
    public void prepare() {
        Arrays.fill(known, 0);
        armed = true;
    }

    /** A gradient of this bucket is known, and about to be added. */
    private void passed(int bucket) {
        if (!armed || failure != null) {
            return;
        }
        known[bucket]++;
        if (!ordered) {
            if (isPassed(bucket)) {
                firstOrder.add(bucket);
            }
            return;
        }
        while (pending.size() < order.length
                && order[pending.size()] != bucket // its last gradient is not in the buffer yet
                && isPassed(order[pending.size()])) {
            try {
                beginNext();
            } catch (RuntimeException e) {
                failure = e; // it must not go through native code
                return;
            }
        }
    }

    private boolean isPassed(int bucket) {
        return known[bucket] == buckets.get(bucket).leaves().size();
    }

    private void beginNext() {
        Weights reduced = weights;
        if (reduced != null) {
            GradientBucket bucket = buckets.get(order[pending.size()]);
            Tensor part = reduced.gradients().narrow(0, bucket.start(), bucket.length());
            pending.add(group.startAllReduce(part));
        }
    }

    /** Back-propagation is done: begins what is left, so that other sums may begin too while gradients are under way. */
    public void flush() {
        armed = false;
        if (failure != null) {
            throw failure;
        }
        long start = System.nanoTime();
        while (pending.size() < order.length) {
            beginNext();
        }
        exposedNanos += System.nanoTime() - start;
    }

    /** Waits for all that was begun: the gradients are sums over all processes then. */
    public void await() {
        long start = System.nanoTime();
        pending.forEach(ProcessGroup.Pending::await);
        pending.clear();
        exposedNanos += System.nanoTime() - start;
        if (!ordered) {
            agreeOnOrder();
        }
    }

    /** Makes process 0's order that of all; what its first update did not pass, a dropped layer perhaps, comes last. */
    private void agreeOnOrder() {
        for (int bucket : order) {
            firstOrder.add(bucket);
        }
        try (Scope scope = Scope.open()) {
            Tensor all =
                    Tensors.of(firstOrder.stream().mapToLong(Integer::longValue).toArray(), order.length);
            group.broadcast(all, 0);
            order = Arrays.stream(all.toLongs()).mapToInt(Math::toIntExact).toArray();
        }
        firstOrder.clear();
        ordered = true;
    }

    /** Seconds for which this process has done nothing but wait for sums of gradients, in all updates. */
    public double exposedSeconds() {
        return exposedNanos / 1e9;
    }
}
