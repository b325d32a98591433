package org.data2vec4j.interop.onnx;

import org.data2vec4j.text.model.TextConfig;

/** Token numbers to tokens. Shapes: B texts, T tokens, D width. */
final class TextNodes {
    /** The input's name. */
    static final String INPUT = "tokens";

    private final ParameterNodes layers;
    private final Ops ops;
    private final TextConfig config;

    TextNodes(ParameterNodes layers, TextConfig config) {
        this.layers = layers;
        this.ops = layers.ops();
        this.config = config;
    }

    TokenValues tokens() {
        Value numbers_BT = ops.graph().input(INPUT, ElementType.I64, "batch", "tokens");
        Value lengths_B = ops.graph().input(OnnxExport.LENGTHS, ElementType.I64, "batch");
        Value count = ops.scalarOf(ops.size(numbers_BT, 1));
        Value x_BTD = ops.gather(layers.parameter("encoder.local.tokens.weight"), numbers_BT, 0);
        x_BTD = switch (config.positions()) {
            case LEARNED -> ops.add(x_BTD, places(lengths_B, count));
            case NONE -> x_BTD;
        };
        return new TokenValues(
                layers.layerNorm("encoder.local.norm", x_BTD, config.normEpsilon()),
                count,
                count,
                lengths_B,
                config.compat());
    }

    /** (B, T, D): places count from one past the padding number, which padding has. */
    private Value places(Value lengths_B, Value count) {
        long pad = config.pad();
        Value numbers_1T = ops.unsqueeze(ops.add(ops.range(count), ops.scalar(pad + 1)), 0);
        Value numbers_BT = ops.where(PaddingMask.upTo(ops, lengths_B, count), numbers_1T, ops.scalar(pad));
        return ops.gather(layers.parameter("encoder.local.places.weight"), numbers_BT, 0);
    }
}
