package org.data2vec4j.tensor.distributed;

import java.util.Arrays;
import java.util.function.Supplier;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * Statistics over a batch of which every process holds a share: inside {@link #with}, sums go over the shares of all. Outside, and
 * in a run of one process, everything is its own sum. What is summed is no longer part of a recorded graph.
 */
public final class BatchStatistics {
    private static final ThreadLocal<@Nullable BatchStatistics> CURRENT = new ThreadLocal<>();

    private final ProcessGroup group;
    private final boolean counts;

    private BatchStatistics(ProcessGroup group, boolean counts) {
        this.group = group;
        this.counts = counts;
    }

    /**
     * Runs the work with this thread's statistics over all processes, which must all do the same.
     *
     * @param counts whether this process's share enters them: false where it has none and works on a stand-in
     */
    public static <T> T with(ProcessGroup group, boolean counts, Supplier<T> work) {
        BatchStatistics before = CURRENT.get();
        CURRENT.set(group.size() == 1 ? null : new BatchStatistics(group, counts));
        try {
            return work.get();
        } finally {
            CURRENT.set(before);
        }
    }

    /** Whether sums go over several processes. */
    public static boolean active() {
        return CURRENT.get() != null;
    }

    /** The sum over all processes' shares; the own ones where there is one process. */
    public static Tensor sum(Tensor x) {
        BatchStatistics current = CURRENT.get();
        if (current == null) {
            return x;
        }
        Tensor sum = x.copy().contiguous();
        if (!current.counts) {
            sum.zero_(); // not a product: what is not finite must not come through
        }
        current.group.sum(sum);
        return sum;
    }

    /**
     * The sum over all processes' shares, of which this process's own part stays in the recorded graph: the gradients of a function
     * of it are, summed over processes, those of the function of all shares.
     */
    public static Tensor joined(Tensor x) {
        BatchStatistics current = CURRENT.get();
        if (current == null) {
            return x;
        }
        Tensor all = sum(x.detach());
        return current.counts ? x.add(all.sub(x.detach())) : all;
    }

    /**
     * A number that all processes have computed of all shares, as this process's part of it: the parts' values add up to the
     * number, and each has the whole gradient.
     *
     * @param part this process's share, 0 to 1
     */
    public static Tensor part(Tensor whole, double part) {
        Tensor value = whole.detach();
        return CURRENT.get() == null ? whole : value.mul(part).add(whole.sub(value));
    }

    /** The sums over all processes' shares. */
    public static double[] sums(double... values) {
        BatchStatistics current = CURRENT.get();
        if (current == null) {
            return values;
        }
        return current.group.sums(current.counts ? values : new double[values.length]);
    }

    /** The largest of all processes' numbers. */
    public static long most(long value) {
        BatchStatistics current = CURRENT.get();
        if (current == null) {
            return value;
        }
        long most = value;
        for (long other : current.group.gather(value)) {
            most = Math.max(most, other);
        }
        return most;
    }

    /**
     * The rows of a whole batch, in the order in which one process would have them.
     *
     * @param all (N, D) of all shares, outside a recorded graph
     * @param first where the own rows begin
     * @param count of own rows; 0 where this process has none
     */
    public record Rows(Tensor all, int first, int count) {}

    /** The rows (n, D) of all processes' shares; the own ones where there is one process. */
    public static Rows rows(Tensor x) {
        BatchStatistics current = CURRENT.get();
        if (current == null) {
            return new Rows(x.detach(), 0, (int) x.size(0));
        }
        int own = current.counts ? (int) x.size(0) : 0;
        long[] counts = current.group.gather(own);
        int first = (int) Arrays.stream(counts).limit(current.group.rank()).sum();
        Tensor all = Tensors.zeros(x.type(), x.device(), Arrays.stream(counts).sum(), x.size(1));
        if (own > 0) {
            all.narrow(0, first, own).copy_(x.detach());
        }
        current.group.sum(all);
        return new Rows(all, first, own);
    }
}
