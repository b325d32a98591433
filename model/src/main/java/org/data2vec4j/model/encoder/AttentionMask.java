package org.data2vec4j.model.encoder;

import org.data2vec4j.model.nn.AttentionBias;
import org.data2vec4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** What is added to attention scores in all: distance, padding, and nothing for extra tokens. */
final class AttentionMask {
    private AttentionMask() {}

    /**
     * The sum.
     *
     * @param distance of all tokens, the extra ones too
     * @param padding (B, 1, 1, T) 0 or −∞, or null
     * @param extra tokens put before the others
     */
    static AttentionBias of(AttentionBias distance, @Nullable Tensor padding, int extra) {
        Tensor unseen = padding == null || extra == 0 ? padding : PositionBias.before(padding, 3, extra);
        if (distance == AttentionBias.NONE) {
            return AttentionBias.everywhere(unseen);
        }
        return new AttentionBias() {
            private @Nullable Tensor last;
            private @Nullable Tensor sum;

            @Override
            public @Nullable Tensor of(int block) {
                Tensor bias = distance.of(block);
                if (bias == null) {
                    return unseen;
                }
                if (sum == null || last != bias) { // most encoders have one bias for all blocks: sum it once
                    last = bias;
                    sum = unseen == null ? bias : bias.add(unseen);
                }
                return sum;
            }
        };
    }
}
