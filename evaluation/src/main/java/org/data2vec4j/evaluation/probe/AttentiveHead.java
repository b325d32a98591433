package org.data2vec4j.evaluation.probe;

import org.data2vec4j.model.nn.Init;
import org.data2vec4j.model.nn.Module;
import org.data2vec4j.model.nn.Parameter;
import org.data2vec4j.tensor.Tensor;

/**
 * One learned query that attends over a sample's tokens, and a linear layer on what it gathers: softmax over tokens of q·x/√D, then
 * W·Σ + b. The query begins at 0, so that the first gathering is the mean. Shapes: B samples, T tokens, D features, C classes.
 */
final class AttentiveHead extends Module {
    private static final double ABSENT = -1e9;
    private static final double SPREAD = 0.01;

    private final Parameter query;
    private final Parameter weight;
    private final Parameter bias;

    AttentiveHead(int width, int classes) {
        query = parameter("query", new Init.Constant(0), width, 1);
        weight = parameter("weight", new Init.Normal(SPREAD), width, classes);
        bias = parameter("bias", new Init.Constant(0), classes);
    }

    /** How much of each token is gathered, (B, T); rows sum to one. */
    Tensor attention(Tensor x_BTD, Tensor valid_BT) {
        Tensor scores_BT = x_BTD.matmul(query.value())
                .view(x_BTD.size(0), x_BTD.size(1))
                .mul(1 / Math.sqrt((double) x_BTD.size(2)));
        return scores_BT.add(valid_BT.add(-1).mul(-ABSENT)).softmax(1);
    }

    /** Class scores (B, C). */
    Tensor scores(Tensor x_BTD, Tensor valid_BT) {
        Tensor weights_BT1 = attention(x_BTD, valid_BT).unsqueeze(2);
        return x_BTD.mul(weights_BT1).sum(false, 1).matmul(weight.value()).add(bias.value());
    }
}
