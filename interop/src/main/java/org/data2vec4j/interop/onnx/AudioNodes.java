package org.data2vec4j.interop.onnx;

import org.data2vec4j.audio.model.AudioConfig;
import org.data2vec4j.audio.model.ConvLayer;
import org.data2vec4j.model.mask.Compat;
import org.jspecify.annotations.Nullable;

/** Recordings of any length to tokens. Shapes: B recordings, S samples, T positions, C channels, D width. */
final class AudioNodes {
    /** The input's name. */
    static final String INPUT = "waveform";

    private static final double EPSILON = 1e-5;

    private final ParameterNodes layers;
    private final Ops ops;
    private final AudioConfig config;

    AudioNodes(ParameterNodes layers, AudioConfig config) {
        this.layers = layers;
        this.ops = layers.ops();
        this.config = config;
    }

    TokenValues tokens() {
        Value waveform_BS = ops.graph().input(INPUT, ElementType.F32, "batch", "samples");
        Value lengths_B = ops.graph().input(OnnxExport.LENGTHS, ElementType.I64, "batch");
        Value x_BCT = ops.unsqueeze(waveform_BS, 1);
        for (int i = 0; i < config.extractor().size(); i++) {
            ConvLayer layer = config.extractor().get(i);
            lengths_B = ops.add(
                    ops.div(ops.sub(lengths_B, ops.scalar((long) layer.kernel())), ops.scalar((long) layer.stride())),
                    ops.scalar(1L));
            x_BCT = layer(i, layer, x_BCT, lengths_B);
        }
        Value x_BTC = ops.transpose(x_BCT, 0, 2, 1);
        Value x_BTD = layers.linear("encoder.local.proj", layers.layerNorm("encoder.local.norm", x_BTC, EPSILON));
        Value count = ops.scalarOf(ops.size(x_BTD, 1));
        return new TokenValues(x_BTD, count, count, lengths_B, config.compat());
    }

    /** Convolution, norm, GELU; the lengths are those behind the convolution. */
    private Value layer(int number, ConvLayer layer, Value x_BCT, Value lengths_B) {
        String name = "encoder.local.extractor.layers." + number + ".";
        Value bias = config.bias() ? layers.parameter(name + "bias") : null;
        Value y_BCT = layers.conv1d(x_BCT, layers.parameter(name + "weight"), bias, layer.stride(), 0, 1);
        if (!layers.has(name + "norm.weight")) {
            return ops.gelu(y_BCT);
        }
        Value y_BTC = ops.transpose(y_BCT, 0, 2, 1);
        Value normed_BTC = switch (config.norm()) {
            case LAYER -> layers.layerNorm(name + "norm", y_BTC, EPSILON);
            case GROUP ->
                ops.add(
                        ops.mul(overTime(y_BTC, lengths_B), layers.parameter(name + "norm.weight")),
                        layers.parameter(name + "norm.bias"));
        };
        return ops.transpose(ops.gelu(normed_BTC), 0, 2, 1);
    }

    /** Each channel over what is input of its recording, which is all of it where padding counts as input. */
    private Value overTime(Value y_BTC, Value lengths_B) {
        Value valid_BT1 = config.compat() == Compat.NONE ? valid(y_BTC, lengths_B) : null;
        Value centred = ops.sub(y_BTC, mean(y_BTC, valid_BT1));
        if (valid_BT1 != null) {
            centred = ops.mul(centred, valid_BT1);
        }
        Value variance = mean(ops.mul(centred, centred), valid_BT1);
        return ops.div(centred, ops.of("Sqrt", ops.add(variance, ops.scalar((float) EPSILON))));
    }

    private Value valid(Value y_BTC, Value lengths_B) {
        return ops.unsqueeze(ops.floats(PaddingMask.upTo(ops, lengths_B, ops.scalarOf(ops.size(y_BTC, 1)))), 2);
    }

    private Value mean(Value y_BTC, @Nullable Value valid_BT1) {
        return valid_BT1 == null
                ? ops.mean(y_BTC, 1, true)
                : ops.div(ops.sum(ops.mul(y_BTC, valid_BT1), 1, true), ops.sum(valid_BT1, 1, true));
    }
}
