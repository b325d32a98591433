package org.data2vec4j.evaluation.probe;

import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;

/**
 * Each feature to mean 0 and deviation 1 over the samples it was taken from; a feature that does not vary there becomes 0
 * everywhere, instead of noise blown up.
 */
@SuppressWarnings("ArrayRecordComponent") // numbers per feature; never compared
record Standardization(float[] mean, float[] inverse) {
    /** A deviation below this share of the feature's mean is rounding, not variation. */
    private static final double FLOOR = 1e-6;

    static Standardization of(Tensor x_ND) {
        try (Scope scope = Scope.open()) {
            float[] mean = x_ND.mean(false, 0).toFloats();
            float[] variance = x_ND.variance(false, false, 0).toFloats();
            float[] inverse = new float[mean.length];
            for (int d = 0; d < mean.length; d++) {
                double deviation = Math.sqrt(variance[d]);
                inverse[d] = deviation > FLOOR * Math.abs(mean[d]) ? (float) (1 / deviation) : 0;
            }
            return new Standardization(mean, inverse);
        }
    }

    /** Rows in double precision. */
    Tensor apply(Tensor x_BD) {
        int width = mean.length;
        Tensor shift_D = Tensors.of(mean, width).to(DType.F64);
        return x_BD.to(DType.F64).sub(shift_D).mul(Tensors.of(inverse, width).to(DType.F64));
    }
}
