package org.data2vec4j.model.method.data2vec2;

import org.data2vec4j.model.loss.ReconstructionTargets;
import org.data2vec4j.model.method.LossTerm;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Tensor;

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

    /** Distance of reconstructed patches from the input's, each patch brought to mean 0 and variance 1 (as in MAE); (N, P). */
    LossTerm reconstruction(Tensor predicted_NP, Tensor patches_NP) {
        Tensor sum = distance(predicted_NP, ReconstructionTargets.normalised(patches_NP));
        return new LossTerm("reconstruction", sum.mul(config.reconstruction()));
    }

    private Tensor distance(Tensor predicted, Tensor expected) {
        return config.regression().total(predicted, expected, config.scale());
    }
}
