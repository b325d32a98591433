package org.data2vec4j.model.method;

import java.util.List;
import org.data2vec4j.tensor.Tensor;

/**
 * What a forward pass gives the trainer.
 *
 * @param losses the terms, as sums
 * @param count what the sums are divided by: the count of the whole update ({@link StepContext#normalizer})
 * @param diagnostics what was measured on the way; empty unless the step was diagnosed
 */
public record StepResult(List<LossTerm> losses, long count, List<Diagnostic> diagnostics) {
    /** The sum of all terms, a scalar. */
    public Tensor total() {
        Tensor total = losses.get(0).sum();
        for (LossTerm term : losses.subList(1, losses.size())) {
            total = total.add(term.sum());
        }
        return total;
    }

    /** The loss to minimise: the sum of all terms over the count, a scalar. */
    public Tensor loss() {
        return total().mul(1.0 / count);
    }
}
