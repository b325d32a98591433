package org.data2vec4j.model.task.classify;

import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.nn.Linear;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Dropout, linear, tanh, dropout, linear over the first position (the CLS token where there is one). */
final class FirstHead extends Head {
    private final double dropout;
    private final Linear dense;
    private final Linear out;

    FirstHead(ClassifierHeadConfig.First config, int width, int outputs) {
        this.dropout = config.dropout();
        this.dense = child("dense", Linear.bert(width, width));
        this.out = child("out", Linear.bert(width, outputs));
    }

    @Override
    Tensor forward(Encoder.Output features, @Nullable Tensor valid_BT1) {
        double p = training() ? dropout : 0;
        Tensor first_BD = F.dropout(features.features_BTD().select(1, 0), p);
        return out.forward(F.dropout(F.tanh(dense.forward(first_BD)), p)).to(DType.F32);
    }
}
