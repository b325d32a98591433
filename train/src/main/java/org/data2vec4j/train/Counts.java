package org.data2vec4j.train;

import java.util.List;
import org.data2vec4j.data.Batch;
import org.data2vec4j.model.method.DrawnBatch;
import org.data2vec4j.model.method.StepContext;
import org.data2vec4j.tensor.distributed.BatchStatistics;
import org.data2vec4j.tensor.distributed.ProcessGroup;

/** What counts in each micro-batch of an update, here and over all processes; known before the first forward pass. */
final class Counts {
    private final ProcessGroup group;
    private final long[] own;
    private final long[] whole;
    private final long samples;
    private final long total;

    private Counts(ProcessGroup group, long[] own, long[] whole, long samples) {
        this.group = group;
        this.own = own;
        this.whole = whole;
        this.samples = samples;
        long sum = 0;
        for (long count : whole) {
            sum += count;
        }
        this.total = sum;
    }

    /**
     * Adds the counts up over all processes, in one collective.
     *
     * @param batches this process's shares of the micro-batches; an empty one counts for nothing, whatever was drawn for it
     */
    static Counts over(ProcessGroup group, List<? extends Batch> batches, List<DrawnBatch> drawn) {
        long[] own = new long[drawn.size()];
        double[] numbers = new double[own.length + 1]; // exact up to 2⁵³
        for (int i = 0; i < own.length; i++) {
            int size = batches.get(i).size();
            own[i] = size == 0 ? 0 : drawn.get(i).count();
            numbers[i] = own[i];
            numbers[own.length] += size;
        }
        double[] sums = group.size() == 1 ? numbers : group.allReduceSums(numbers);
        long[] whole = new long[own.length];
        for (int i = 0; i < whole.length; i++) {
            whole[i] = Math.round(sums[i]);
        }
        return new Counts(group, own, whole, Math.round(sums[own.length]));
    }

    /** What sums of losses are divided by: the count of all micro-batches over all processes. */
    long total() {
        return total;
    }

    /** The samples of all micro-batches over all processes. */
    long samples() {
        return samples;
    }

    /** Whether this process has a share of a micro-batch. */
    boolean contributes(int batch) {
        return own[batch] > 0;
    }

    /** What the forward pass of a micro-batch is told. */
    StepContext context(int batch, long update, boolean diagnose) {
        BatchStatistics statistics = BatchStatistics.over(group, contributes(batch));
        return new StepContext(update, diagnose, statistics, own[batch], whole[batch], total);
    }
}
