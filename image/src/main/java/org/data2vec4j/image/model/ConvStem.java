package org.data2vec4j.image.model;

import org.data2vec4j.model.nn.Init;
import org.data2vec4j.model.nn.Module;
import org.data2vec4j.model.nn.Parameter;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Tensor;

/** A 3×3 convolution that keeps the size, and a GELU. Shapes: B batch, C colours, K channels. */
final class ConvStem extends Module {
    private static final int KERNEL = 3;

    private final int channels;
    private final Parameter weight;
    private final Parameter bias;

    ConvStem(int colours, int channels) {
        this.channels = channels;
        long inputs = (long) colours * KERNEL * KERNEL;
        weight = parameter("weight", new Init.Normal(Math.sqrt(2.0 / inputs)), channels, colours, KERNEL, KERNEL);
        bias = parameter("bias", Init.ZEROS, channels);
    }

    /** Features of a pixel behind it. */
    int channels() {
        return channels;
    }

    /** (B, C, H, W) to (B, K, H, W). */
    Tensor forward(Tensor source_BCHW) {
        Tensor x_BHWC = source_BCHW.permute(0, 2, 3, 1);
        return F.gelu(F.conv2d(x_BHWC, weight.value(), bias.value(), KERNEL / 2, 1))
                .permute(0, 3, 1, 2);
    }
}
