package org.data2vec4j.model.method;

import java.util.List;
import org.data2vec4j.tensor.distributed.BatchStatistics;

/**
 * What a forward pass is told about the update it belongs to. With one process and one micro-batch all three counts are the same.
 *
 * @param update updates done so far; keys what is random, with the samples' ids
 * @param diagnose whether to measure diagnostics too, which costs time
 * @param statistics sums over the shares that all processes have of the micro-batch
 * @param count what is counted in this process's share of the micro-batch, such as its masked positions
 * @param batchCount the count of the micro-batch over all processes
 * @param normalizer the count of all micro-batches of the update over all processes: what sums of losses are divided by
 */
public record StepContext(
        long update, boolean diagnose, BatchStatistics statistics, long count, long batchCount, long normalizer) {
    /** The context of an update of one process and one micro-batch. */
    public static StepContext single(long update, boolean diagnose, long count) {
        return new StepContext(update, diagnose, BatchStatistics.single(), count, count, count);
    }

    /** The result of a pass whose loss is the terms' sum over {@link #normalizer()}. */
    public StepResult result(List<LossTerm> losses, List<Diagnostic> diagnostics) {
        return new StepResult(losses, normalizer, diagnostics);
    }

    /** The fraction of the micro-batch's count that is in this process's share, 0 to 1. */
    public double share() {
        return batchCount == 0 ? 0 : (double) count / batchCount;
    }
}
