package org.data2vec4j.model.loss;

import org.data2vec4j.tensor.Tensor;

/** Pieces of an input as targets. */
public final class ReconstructionTargets {
    private static final double EPSILON = 1e-6;

    private ReconstructionTargets() {}

    /** Each patch brought to mean 0 and (unbiased) variance 1: (…, P) to the same shape (He et al., 2021, section 3). */
    public static Tensor normalised(Tensor patches) {
        Tensor deviation = patches.variance(true, true, -1).add(EPSILON).sqrt();
        return patches.sub(patches.mean(true, -1)).div(deviation);
    }
}
