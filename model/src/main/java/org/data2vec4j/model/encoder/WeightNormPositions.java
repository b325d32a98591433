package org.data2vec4j.model.encoder;

import org.data2vec4j.model.nn.Init;
import org.data2vec4j.model.nn.Parameter;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Relative positions by one wide grouped convolution and a GELU (wav2vec 2.0, arXiv 2006.11477, section 2). Its weight is a
 * direction times a length, each place of the kernel with a length of its own (weight normalisation, Salimans and Kingma, 2016).
 */
final class WeightNormPositions extends Positions {
    private final Parameter direction;
    private final Parameter length;
    private final Parameter bias;
    private final int kernel;
    private final int groups;

    WeightNormPositions(PositionsConfig.WeightNormConv config, int width) {
        this.kernel = config.kernel();
        this.groups = config.groups();
        double deviation = Math.sqrt(4.0 / ((double) kernel * width));
        long inputs = width / groups;
        this.direction = parameter("weight", new Init.Normal(deviation), width, inputs, kernel);
        // The norm that a direction so drawn has, but for a part in a few hundred: the convolution begins as if it had
        // no length.
        Init norm = new Init.Constant(deviation * Math.sqrt((double) width * inputs));
        this.length = parameterWithoutDecay("gain", norm, 1, 1, kernel);
        this.bias = parameter("bias", Init.ZEROS, width);
    }

    @Override
    public Tensor forward(Tensor x_RTD, @Nullable Tensor valid_RT1) {
        Tensor v = direction.value();
        Tensor weight = v.mul(length.value().div(v.square().sum(true, 0, 1).sqrt()));
        Tensor y_RTD = F.conv1d(Padding.zeroed(x_RTD, valid_RT1), weight, bias.value(), 1, kernel / 2, groups);
        if (kernel % 2 == 0) { // an even kernel gives one position too many
            y_RTD = y_RTD.narrow(1, 0, y_RTD.size(1) - 1);
        }
        return F.gelu(y_RTD);
    }
}
