package org.data2vec4j.model.method.roberta;

import org.data2vec4j.model.nn.Init;
import org.data2vec4j.model.nn.LayerNorm;
import org.data2vec4j.model.nn.Linear;
import org.data2vec4j.model.nn.Module;
import org.data2vec4j.model.nn.Parameter;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Tensor;

/** From features to scores of every token number: linear, GELU, norm, then the products with the token embeddings plus a bias. */
final class RobertaHead extends Module {
    private final Linear dense;
    private final LayerNorm norm;
    private final Parameter bias;

    RobertaHead(int width, int vocabulary, double normEpsilon) {
        this.dense = child("dense", Linear.bert(width, width));
        this.norm = child("norm", new LayerNorm(width, normEpsilon));
        this.bias = parameter("bias", Init.ZEROS, vocabulary);
    }

    /** (N, D) features and the table of embeddings (W, D) to (N, W) scores. */
    Tensor forward(Tensor features_ND, Tensor table_WD) {
        return F.linear(norm.forward(F.gelu(dense.forward(features_ND))), table_WD, bias.value());
    }
}
