package org.data2vec4j.evaluation.probe;

import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;

/**
 * Each feature to mean 0 and deviation 1 over all tokens of the samples it was taken from; one that does not vary there becomes 0.
 * Places without a token become something else than 0, which attention ignores. Made in the scope open now.
 */
record TokenStandard(Tensor mean_D, Tensor inverse_D) {
    private static final double FLOOR = 1e-6;

    static TokenStandard of(TokenFeatures tokens) {
        float[] mean;
        float[] variance;
        try (Scope scope = Scope.open()) {
            double count = tokens.valid_NT().sum().item();
            Tensor mean_D = tokens.tokens_NTD().sum(false, 0, 1).mul(1 / count); // absent tokens are 0
            Tensor valid_NT1 = tokens.valid_NT().unsqueeze(2);
            Tensor centred_NTD = tokens.tokens_NTD().sub(mean_D).mul(valid_NT1);
            mean = mean_D.toFloats();
            variance = centred_NTD.square().sum(false, 0, 1).mul(1 / count).toFloats();
        }
        float[] inverse = new float[mean.length];
        for (int d = 0; d < mean.length; d++) {
            double deviation = Math.sqrt(variance[d]);
            inverse[d] = deviation > FLOOR * Math.abs(mean[d]) ? (float) (1 / deviation) : 0;
        }
        return new TokenStandard(Tensors.of(mean, mean.length), Tensors.of(inverse, mean.length));
    }

    Tensor apply(Tensor x_BTD) {
        return x_BTD.sub(mean_D).mul(inverse_D);
    }
}
