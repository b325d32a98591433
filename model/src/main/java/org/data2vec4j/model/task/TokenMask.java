package org.data2vec4j.model.task;

import org.data2vec4j.core.Rng;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.nn.Init;
import org.data2vec4j.model.nn.Module;
import org.data2vec4j.model.nn.Parameter;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;

/**
 * Hides spans of a batch's tokens: positions become a learned vector, which begins at 0, and channels become 0. A sample's spans are
 * a function of (seed, update, sample id) and its own length alone. Shapes: B, T, D.
 */
public final class TokenMask extends Module {
    private static final long PURPOSE =
            0x746F6B656E6D61L; // "tokenma": keeps these streams apart from other uses of the seed

    private final TokenMaskConfig config;
    private final Parameter vector;
    private final int width;

    /** A mask of tokens of a width. */
    public TokenMask(TokenMaskConfig config, int width) {
        this.config = config;
        this.width = width;
        this.vector = parameterWithoutDecay("vector", Init.ZEROS, width);
    }

    /** The tokens (B, T, D) with some of them hidden. */
    public Tensor apply(Tensor x_BTD, Layout layout, long seed, long update, long[] ids) {
        if (!config.active()) {
            return x_BTD;
        }
        int positions = layout.grid().size();
        float[] hidden_BT = new float[ids.length * positions];
        float[] kept_BD = new float[ids.length * width];
        for (int i = 0; i < ids.length; i++) {
            Rng rng = Rng.of(seed, PURPOSE, update, ids[i]);
            spans(hidden_BT, i * positions, layout.length(i), config.time(), config.timeLength(), rng);
            spans(kept_BD, i * width, width, config.channels(), config.channelLength(), rng);
        }
        for (int i = 0; i < kept_BD.length; i++) {
            kept_BD[i] = 1 - kept_BD[i];
        }
        Tensor hidden_BT1 = Tensors.of(hidden_BT, ids.length, positions, 1)
                .to(x_BTD.device())
                .to(x_BTD.type());
        Tensor kept_B1D =
                Tensors.of(kept_BD, ids.length, 1, width).to(x_BTD.device()).to(x_BTD.type());
        Tensor replaced_BTD = x_BTD.sub(x_BTD.mul(hidden_BT1))
                .add(hidden_BT1.mul(vector.value().to(x_BTD.type())));
        return replaced_BTD.mul(kept_B1D);
    }

    /** Sets spans to 1: {@code share·size/length} of them, rounded at random, each wherever it fits. */
    private static void spans(float[] flags, int start, int size, double share, int length, Rng rng) {
        int span = Math.min(length, size);
        int count = (int) (share * size / length + rng.nextDouble());
        for (int i = 0; i < count; i++) {
            int at = start + rng.nextInt(size - span + 1);
            for (int t = at; t < at + span; t++) {
                flags[t] = 1;
            }
        }
    }
}
