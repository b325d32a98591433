package org.data2vec4j.model.nn;

import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Tensor;

/** {@code y = x·Wᵀ + b} over the last dimension. */
public final class Linear extends Module {
    private final Parameter weight;
    private final Parameter bias;

    private Linear(long in, long out, Init weightInit, Init biasInit) {
        weight = parameter("weight", weightInit, out, in);
        bias = parameter("bias", biasInit, out);
    }

    /** As in BERT: weights N(0, 0.02²), bias zero. */
    public static Linear bert(long in, long out) {
        return normal(in, out, 0.02);
    }

    /** As PyTorch begins a layer: weights and bias uniform within 1/√in. */
    public static Linear standard(long in, long out) {
        return new Linear(in, out, Init.Uniform.fanIn(in), Init.Uniform.fanIn(in));
    }

    /** Weights uniform with variance 2/(in + out) (Glorot and Bengio, 2010), bias zero. */
    public static Linear xavier(long in, long out) {
        return new Linear(in, out, Init.Uniform.xavier(in, out), Init.ZEROS);
    }

    /** Weights N(0, deviation²), bias zero. */
    public static Linear normal(long in, long out, double deviation) {
        return new Linear(in, out, new Init.Normal(deviation), Init.ZEROS);
    }

    /** (…, in) to (…, out), in the autocast type. */
    public Tensor forward(Tensor x) {
        return F.linear(x, weight.value(), bias.value());
    }
}
