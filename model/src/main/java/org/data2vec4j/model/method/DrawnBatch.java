package org.data2vec4j.model.method;

import java.util.function.Function;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.mask.MaskBatch;

/**
 * A micro-batch whose random choices have been made on the host, so that what its loss is an average over is known before the first
 * forward pass of an update.
 *
 * @param count over how many elements its losses are sums: masked positions, samples, letters
 * @param pass the forward pass under these choices
 */
public record DrawnBatch(long count, Function<StepContext, StepResult> pass) {
    /** Throws unless something counts. */
    public DrawnBatch {
        if (count <= 0) {
            throw new IllegalArgumentException("a batch in which nothing counts has no loss");
        }
    }

    /**
     * A batch that counts its masked positions.
     *
     * @param advice why nothing may be masked and what to do about it: the end of the message if nothing is
     * @throws UserException if nothing is masked
     */
    public static DrawnBatch masked(MaskBatch masks, String advice, Function<StepContext, StepResult> pass) {
        if (masks.masked() == 0) {
            throw new UserException("nothing is masked: " + advice);
        }
        return new DrawnBatch(masks.masked(), pass);
    }

    /** The losses under these choices. */
    public StepResult forward(StepContext context) {
        return pass.apply(context);
    }
}
