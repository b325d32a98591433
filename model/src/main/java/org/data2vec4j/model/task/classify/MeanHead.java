package org.data2vec4j.model.task.classify;

import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.nn.LayerNorm;
import org.data2vec4j.model.nn.Linear;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** The mean over positions that are not padding, a norm if asked for, and a linear layer that begins small. */
final class MeanHead extends Head {
    private final @Nullable LayerNorm norm;
    private final Linear out;

    MeanHead(ClassifierHeadConfig.Mean config, int width, int outputs) {
        this.norm = config.norm() ? child("norm", new LayerNorm(width, 1e-6)) : null;
        this.out = child("out", Linear.bert(width, outputs));
    }

    @Override
    Tensor forward(Encoder.Output features, @Nullable Tensor valid_BT1) {
        Tensor x_BTD = features.positions().to(DType.F32);
        Tensor mean_BD = valid_BT1 == null
                ? x_BTD.mean(false, 1)
                : x_BTD.mul(valid_BT1).sum(false, 1).div(valid_BT1.sum(false, 1));
        return out.forward(norm == null ? mean_BD : norm.forward(mean_BD)).to(DType.F32);
    }
}
