package org.data2vec4j.model.nn;

import org.data2vec4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** What is added to attention scores, block by block; made anew for each pass. */
@FunctionalInterface
public interface AttentionBias {
    /** Nothing is added. */
    AttentionBias NONE = block -> null;

    /** The same for every block; null for nothing. */
    static AttentionBias everywhere(@Nullable Tensor bias) {
        return bias == null ? NONE : block -> bias;
    }

    /**
     * The bias of a block, broadcast to (B, H, T, T); null for nothing.
     *
     * @param block its number in the whole encoder, pre-net first
     */
    @Nullable
    Tensor of(int block);
}
