package org.data2vec4j.model.encoder;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.model.nn.Init;
import org.data2vec4j.model.nn.LayerNorm;
import org.data2vec4j.model.nn.Module;
import org.data2vec4j.model.nn.Parameter;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Relative positions by grouped convolutions, each followed by a norm without parameters and a GELU. Shapes: R rows, T, D. */
final class ConvPositions extends Positions {
    private static final double EPSILON = 1e-5;

    private final @Nullable LayerNorm norm;
    private final List<Convolution> layers;

    ConvPositions(PositionsConfig.Conv config, int width) {
        this.norm = config.preNorm() ? child("norm", new LayerNorm(width, EPSILON)) : null;
        List<Convolution> made = new ArrayList<>();
        for (int i = 0; i < config.layers(); i++) {
            made.add(new Convolution(config, width));
        }
        this.layers = children("layers", made);
    }

    @Override
    public Tensor forward(Tensor x_RTD, @Nullable Tensor valid_RT1) {
        Tensor x = norm == null ? x_RTD : norm.forward(x_RTD);
        for (Convolution layer : layers) {
            x = layer.forward(Padding.zeroed(x, valid_RT1));
        }
        return x;
    }

    private static final class Convolution extends Module {
        private final Parameter weight;
        private final Parameter bias;
        private final int kernel;
        private final int groups;

        Convolution(PositionsConfig.Conv config, int width) {
            kernel = config.kernel();
            groups = config.groups();
            long inputs = (long) width / groups * kernel;
            weight = parameter("weight", Init.Uniform.fanIn(inputs), width, width / groups, kernel);
            bias = parameter("bias", Init.Uniform.fanIn(inputs), width);
        }

        Tensor forward(Tensor x_RTD) {
            Tensor y = F.conv1d(x_RTD, weight.value(), bias.value(), 1, kernel / 2, groups);
            if (kernel % 2 == 0) { // an even kernel gives one position too many
                y = y.narrow(1, 0, y.size(1) - 1);
            }
            return F.gelu(F.layerNorm(y, null, null, EPSILON));
        }
    }
}
