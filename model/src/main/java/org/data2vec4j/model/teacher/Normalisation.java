package org.data2vec4j.model.teacher;

import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** One way to normalise targets (B, T, D), without parameters. */
public enum Normalisation {
    /** Each sample's channels over its positions. */
    INSTANCE_NORM {
        @Override
        Tensor apply(Tensor x_BTD, @Nullable Tensor valid_BT1) {
            return valid_BT1 == null ? F.instanceNorm(x_BTD, EPSILON) : F.instanceNorm(x_BTD, EPSILON, valid_BT1);
        }
    },
    /** Each channel over all samples and positions of the batch. */
    BATCH_NORM {
        @Override
        Tensor apply(Tensor x_BTD, @Nullable Tensor valid_BT1) {
            return valid_BT1 == null ? F.batchNorm(x_BTD, EPSILON) : F.batchNorm(x_BTD, EPSILON, valid_BT1);
        }
    },
    /** Each position over its channels. */
    LAYER_NORM {
        @Override
        Tensor apply(Tensor x_BTD, @Nullable Tensor valid_BT1) {
            return F.layerNorm(x_BTD, null, null, EPSILON);
        }
    };

    private static final double EPSILON = 1e-5;

    /** Normalised; padding, where it is told apart by zeros in {@code valid_BT1}, enters no statistics. */
    abstract Tensor apply(Tensor x_BTD, @Nullable Tensor valid_BT1);
}
