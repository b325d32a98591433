package org.data2vec4j.interop.onnx;

import org.data2vec4j.model.encoder.PositionsConfig;
import org.data2vec4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** What tells tokens their place relative to their neighbours. Shapes: B samples, T positions, D width. */
final class PositionNodes {
    private static final String NAME = "encoder.positions.";
    private static final double EPSILON = 1e-5;

    private final ParameterNodes layers;
    private final Ops ops;

    PositionNodes(ParameterNodes layers) {
        this.layers = layers;
        this.ops = layers.ops();
    }

    /**
     * Tokens with their places added.
     *
     * @param mask whose padding is kept at 0 before every convolution; null if there is none to tell apart
     */
    Value added(PositionsConfig config, int width, Value x_BTD, @Nullable PaddingMask mask) {
        if (config instanceof PositionsConfig.Conv stack) {
            return ops.add(x_BTD, stack(stack, width, x_BTD, mask));
        }
        if (config instanceof PositionsConfig.WeightNormConv wide) {
            return ops.add(x_BTD, wide(wide, x_BTD, mask));
        }
        return x_BTD;
    }

    private Value stack(PositionsConfig.Conv config, int width, Value x_BTD, @Nullable PaddingMask mask) {
        Value x = config.preNorm() ? layers.layerNorm(NAME + "norm", x_BTD, EPSILON) : x_BTD;
        for (int i = 0; i < config.layers(); i++) {
            String name = NAME + "layers." + i + ".";
            Value y = convolution(
                    PaddingMask.zeroed(ops, x, mask),
                    layers.parameter(name + "weight"),
                    layers.parameter(name + "bias"),
                    config.kernel(),
                    config.groups());
            x = ops.gelu(ops.layerNorm(y, width, EPSILON));
        }
        return x;
    }

    /** The weight is held as the product that it is: direction times length. */
    private Value wide(PositionsConfig.WeightNormConv config, Value x_BTD, @Nullable PaddingMask mask) {
        Tensor length = layers.within(NAME + "gain");
        String direction = NAME + "weight";
        Value weight = layers.changed(
                direction,
                direction + ".normed",
                v -> v.mul(length.div(v.square().sum(true, 0, 1).sqrt())),
                layers.shape(direction));
        return ops.gelu(convolution(
                PaddingMask.zeroed(ops, x_BTD, mask),
                weight,
                layers.parameter(NAME + "bias"),
                config.kernel(),
                config.groups()));
    }

    private Value convolution(Value x_BTD, Value weight, Value bias, int kernel, int groups) {
        Value y_BDT = layers.conv1d(ops.transpose(x_BTD, 0, 2, 1), weight, bias, 1, kernel / 2, groups);
        if (kernel % 2 == 0) { // an even kernel gives one position too many
            y_BDT = ops.slice(y_BDT, 2, 0, -1);
        }
        return ops.transpose(y_BDT, 0, 2, 1);
    }
}
