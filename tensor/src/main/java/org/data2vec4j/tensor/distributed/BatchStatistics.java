package org.data2vec4j.tensor.distributed;

import java.util.Arrays;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;

/**
 * Statistics over a batch of which every process holds a share. With several processes each method is a collective: all of them
 * call the same methods in the same order. With one process every value is its own sum, and nothing is copied. What is summed is no
 * longer part of a recorded graph.
 */
public final class BatchStatistics {
    private static final BatchStatistics SINGLE = new BatchStatistics(ProcessGroup.single(), true);

    private final ProcessGroup group;
    private final boolean contributes;

    private BatchStatistics(ProcessGroup group, boolean contributes) {
        this.group = group;
        this.contributes = contributes;
    }

    /** The statistics of one process: the identity. */
    public static BatchStatistics single() {
        return SINGLE;
    }

    /**
     * Statistics over the shares of all processes of a group.
     *
     * @param contributes whether this process's share enters them: false where it has no sample and works on a placeholder
     */
    public static BatchStatistics over(ProcessGroup group, boolean contributes) {
        return group.size() == 1 ? SINGLE : new BatchStatistics(group, contributes);
    }

    /** Whether sums go over several processes. */
    public boolean isDistributed() {
        return group.size() > 1;
    }

    /** The sum over all processes' shares; the tensor itself where there is one process. */
    public Tensor sum(Tensor x) {
        if (!isDistributed()) {
            return x;
        }
        Tensor sum = x.copy().contiguous();
        if (!contributes) {
            sum.zero_(); // not a product: what is not finite must not come through
        }
        group.allReduce(sum);
        return sum;
    }

    /**
     * The sum over all processes' shares, of which this process's own share stays in the recorded graph: the gradients of a function
     * of it, summed over processes, are those of the function of all shares.
     */
    public Tensor sumWithOwnGradient(Tensor x) {
        if (!isDistributed()) {
            return x;
        }
        Tensor all = sum(x.detach());
        return contributes ? x.add(all.sub(x.detach())) : all;
    }

    /**
     * This process's share of a number that all processes have computed from all shares: the shares' values add up to the number,
     * and each has the whole gradient.
     *
     * @param share the fraction of the number, 0 to 1
     */
    public Tensor localShare(Tensor whole, double share) {
        Tensor value = whole.detach();
        return isDistributed() ? value.mul(share).add(whole.sub(value)) : whole;
    }

    /** The sums over all processes' shares. */
    public double[] sums(double... values) {
        if (!isDistributed()) {
            return values;
        }
        return group.allReduceSums(contributes ? values : new double[values.length]);
    }

    /** The largest of all processes' numbers. */
    public long max(long value) {
        if (!isDistributed()) {
            return value;
        }
        return Arrays.stream(group.allGather(value)).max().orElse(value);
    }

    /**
     * The rows of a whole batch, in the order in which one process would have them.
     *
     * @param all (N, D) of all shares, outside a recorded graph
     * @param first index of this process's first row
     * @param count of this process's rows; 0 where it has none
     */
    public record Rows(Tensor all, int first, int count) {}

    /** The rows (n, D) of all processes' shares; the own ones where there is one process. */
    public Rows rows(Tensor x) {
        if (!isDistributed()) {
            return new Rows(x.detach(), 0, (int) x.size(0));
        }
        int own = contributes ? (int) x.size(0) : 0;
        long[] counts = group.allGather(own);
        int first = (int) Arrays.stream(counts).limit(group.rank()).sum();
        Tensor all = Tensors.zeros(x.type(), x.device(), Arrays.stream(counts).sum(), x.size(1));
        if (own > 0) {
            all.narrow(0, first, own).copy_(x.detach());
        }
        group.allReduce(all);
        return new Rows(all, first, own);
    }
}
