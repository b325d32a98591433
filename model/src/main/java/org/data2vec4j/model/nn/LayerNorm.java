package org.data2vec4j.model.nn;

import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Tensor;

/** Layer normalisation over the last dimension with learned gain and shift (Ba et al., 2016). */
public final class LayerNorm extends Module {
    private final Parameter weight;
    private final Parameter bias;
    private final double epsilon;

    /** A norm of {@code width} features. */
    public LayerNorm(long width, double epsilon) {
        this.weight = parameter("weight", Init.ONES, width);
        this.bias = parameter("bias", Init.ZEROS, width);
        this.epsilon = epsilon;
    }

    /** (…, width) to the same shape, in float32. */
    public Tensor forward(Tensor x) {
        return F.layerNorm(x.to(DType.F32), weight.value(), bias.value(), epsilon);
    }
}
