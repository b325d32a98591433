package org.data2vec4j.model.teacher;

import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Tensor;

/** One way to normalise targets (B, T, D), without parameters. */
public enum Normalisation {
    /** Each sample's channels over its positions. */
    INSTANCE_NORM {
        @Override
        Tensor apply(Tensor x_BTD) {
            return F.instanceNorm(x_BTD, EPSILON);
        }
    },
    /** Each channel over all samples and positions of the batch. */
    BATCH_NORM {
        @Override
        Tensor apply(Tensor x_BTD) {
            return F.batchNorm(x_BTD, EPSILON);
        }
    },
    /** Each position over its channels. */
    LAYER_NORM {
        @Override
        Tensor apply(Tensor x_BTD) {
            return F.layerNorm(x_BTD, null, null, EPSILON);
        }
    };

    private static final double EPSILON = 1e-5;

    abstract Tensor apply(Tensor x_BTD);
}
