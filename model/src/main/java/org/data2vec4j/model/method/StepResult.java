package org.data2vec4j.model.method;

import java.util.List;
import org.data2vec4j.tensor.Tensor;

/**
 * What a forward pass gives the trainer.
 *
 * @param losses the terms, as sums
 * @param count over how many positions they are; the loss is the terms' sum divided by it
 * @param monitors what was measured on the way; empty unless the step was observed
 */
public record StepResult(List<LossTerm> losses, long count, List<Diagnostic> monitors) {
    /** The sum of all terms, a scalar. */
    public Tensor total() {
        return total(count);
    }

    /**
     * The sum of all terms, a scalar, of a batch that is a share of a larger one.
     *
     * @param whole the larger one's count; matters to terms that are {@link LossTerm#weighed}
     */
    public Tensor total(long whole) {
        Tensor total = sum(losses.get(0), whole);
        for (LossTerm term : losses.subList(1, losses.size())) {
            total = total.add(sum(term, whole));
        }
        return total;
    }

    /** A term's sum as {@link #total(long)} has it. */
    public Tensor sum(LossTerm term, long whole) {
        return term.weighed() && whole != count ? term.sum().mul((double) whole / count) : term.sum();
    }

    /** Whether {@link #total(long)} depends on its argument. */
    public boolean weighed() {
        return losses.stream().anyMatch(LossTerm::weighed);
    }

    /** The loss to minimise: the sum of all terms over the count, a scalar. */
    public Tensor loss() {
        return total().mul(1.0 / count);
    }
}
