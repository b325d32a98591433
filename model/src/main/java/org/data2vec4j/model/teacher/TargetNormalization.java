package org.data2vec4j.model.teacher;

import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.tensor.distributed.BatchStatistics;
import org.jspecify.annotations.Nullable;

/** One way to normalise targets (B, T, D), without parameters. */
public enum TargetNormalization {
    /** Each sample's channels over its positions. */
    INSTANCE_NORM {
        @Override
        Tensor apply(Tensor x_BTD, @Nullable Tensor valid_BT1, BatchStatistics statistics) {
            return valid_BT1 == null ? F.instanceNorm(x_BTD, EPSILON) : F.instanceNorm(x_BTD, EPSILON, valid_BT1);
        }
    },
    /** Each channel over all samples and positions of the batch. */
    BATCH_NORM {
        @Override
        Tensor apply(Tensor x_BTD, @Nullable Tensor valid_BT1, BatchStatistics statistics) {
            if (statistics.isDistributed()) {
                return distributed(x_BTD, valid_BT1, statistics);
            }
            return valid_BT1 == null ? F.batchNorm(x_BTD, EPSILON) : F.batchNorm(x_BTD, EPSILON, valid_BT1);
        }

        /** Over the shares of all processes; targets have no gradient, so that none has to come back. */
        private Tensor distributed(Tensor x_BTD, @Nullable Tensor valid_BT1, BatchStatistics statistics) {
            Tensor valid = valid_BT1 == null
                    ? Tensors.zeros(DType.F32, x_BTD.device(), x_BTD.size(0), x_BTD.size(1), 1)
                            .add(1)
                    : valid_BT1;
            Tensor count = statistics.sum(valid.sum()).clampMin(1);
            Tensor mean_11D = statistics.sum(x_BTD.mul(valid).sum(true, 0, 1)).div(count);
            Tensor centred_BTD = x_BTD.sub(mean_11D).mul(valid);
            Tensor variance_11D =
                    statistics.sum(centred_BTD.square().sum(true, 0, 1)).div(count);
            return centred_BTD.div(variance_11D.add(EPSILON).sqrt());
        }
    },
    /** Each position over its channels. */
    LAYER_NORM {
        @Override
        Tensor apply(Tensor x_BTD, @Nullable Tensor valid_BT1, BatchStatistics statistics) {
            return F.layerNorm(x_BTD, null, null, EPSILON);
        }
    };

    private static final double EPSILON = 1e-5;

    /** Normalised; padding, where it is told apart by zeros in {@code valid_BT1}, enters no statistics, which are those of all processes. */
    abstract Tensor apply(Tensor x_BTD, @Nullable Tensor valid_BT1, BatchStatistics statistics);
}
