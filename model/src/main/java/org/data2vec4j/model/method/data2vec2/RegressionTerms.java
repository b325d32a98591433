package org.data2vec4j.model.method.data2vec2;

import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.MaskIndices;
import org.data2vec4j.model.loss.ReconstructionTargets;
import org.data2vec4j.model.method.LossTerm;
import org.data2vec4j.model.method.StepContext;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.distributed.BatchStatistics;
import org.jspecify.annotations.Nullable;

/** The terms of data2vec 2.0's loss, each a sum to be divided by the number of masked positions. */
final class RegressionTerms {
    private final Data2Vec2LossConfig config;

    RegressionTerms(Data2Vec2LossConfig config) {
        this.config = config;
    }

    /** Distance of predictions from targets, both (N, D). */
    LossTerm regression(Tensor predicted_ND, Tensor expected_ND) {
        return new LossTerm("regression", distance(predicted_ND, expected_ND));
    }

    /**
     * Distance of each clone's CLS token (R, D) from the mean of its sample's targets (B, T, D). It is multiplied by the number of
     * masked positions, so that dividing by that number later leaves {@code cls} times a sum over rows.
     */
    LossTerm cls(Tensor cls_RD, Tensor targets_BTD, int clones, long batchCount) {
        Tensor mean_BD = targets_BTD.mean(false, 1);
        long width = mean_BD.size(1);
        Tensor mean_RD = mean_BD.unsqueeze(1).expand(-1, clones, -1).reshape(-1, width);
        Tensor sum = distance(cls_RD.to(DType.F32), mean_RD);
        return new LossTerm("cls", sum.mul(config.cls() * batchCount));
    }

    /**
     * Distance of reconstructed pieces from the input's, each patch brought to mean 0 and variance 1 (as in MAE); (N, P).
     *
     * @param weight of this term
     */
    LossTerm reconstruction(Tensor predicted_NP, Tensor patches_NP, double weight) {
        Tensor sum = distance(predicted_NP, ReconstructionTargets.normalised(patches_NP));
        return new LossTerm("reconstruction", sum.mul(weight));
    }

    /**
     * How much the mean features of the batch's clones coincide: the logarithm of D times the mean of (zᵢ·zⱼ)² over pairs of rows, where z
     * are the means over visible positions at length 1. That mean is ‖Σ zᵢzᵢᵀ‖² over the squared number of rows, so that it can be summed
     * over processes. Multiplied by the number of masked positions, as {@link #cls} is.
     */
    LossTerm spread(Encoder.Output encoded, MaskIndices view, StepContext context) {
        BatchStatistics statistics = context.statistics();
        Tensor z_RD = F.normalize(pooled(encoded.positions().to(DType.F32), view.scores()));
        double width = z_RD.size(1);
        double rows = statistics.sums((double) z_RD.size(0))[0];
        Tensor moment_DD =
                statistics.sumWithOwnGradient(z_RD.transpose(0, 1).matmul(z_RD)).mul(1 / rows);
        Tensor coincidence = moment_DD.square().sum().mul(width).log();
        return new LossTerm(
                "spread",
                statistics.localShare(coincidence.mul(config.spread() * context.batchCount()), context.share()));
    }

    /** The mean over visible positions: (R, V, D) to (R, D). */
    private static Tensor pooled(Tensor x_RVD, @Nullable Tensor scores_R11V) {
        if (scores_R11V == null) {
            return x_RVD.mean(false, 1);
        }
        Tensor visible_RV1 = scores_R11V.to(DType.F32).exp().view(x_RVD.size(0), x_RVD.size(1), 1);
        return x_RVD.mul(visible_RV1)
                .sum(false, 1)
                .div(visible_RV1.sum(false, 1).clampMin(1));
    }

    private Tensor distance(Tensor predicted, Tensor expected) {
        return config.regression().total(predicted, expected, config.scale());
    }
}
