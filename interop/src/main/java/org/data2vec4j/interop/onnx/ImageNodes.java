package org.data2vec4j.interop.onnx;

import java.util.List;
import org.data2vec4j.core.UserException;
import org.data2vec4j.image.model.ImageConfig;
import org.data2vec4j.image.model.ImagePositions;
import org.data2vec4j.model.mask.Compat;

/** Pictures of any size that the patch divides, to tokens. Shapes: B, C colours, H×W pixels, h×w patches, T = h·w, D width. */
final class ImageNodes {
    /** The input's name. */
    static final String INPUT = "pixels";

    private final ParameterNodes layers;
    private final Ops ops;
    private final ImageConfig config;
    private final int width;

    ImageNodes(ParameterNodes layers, ImageConfig config, int width) {
        this.layers = layers;
        this.ops = layers.ops();
        this.config = config;
        this.width = width;
    }

    TokenValues tokens(ImagePositions positions) {
        Value pixels_BCHW = ops.graph().input(INPUT, ElementType.F32, "batch", config.channels(), "height", "width");
        Value patches_BDhw = ops.graph()
                .op(
                        "Conv",
                        List.of(
                                pixels_BCHW,
                                layers.parameter("encoder.local.proj.weight"),
                                layers.parameter("encoder.local.proj.bias")),
                        Attribute.integers("strides", config.patch(), config.patch()));
        Value columns = ops.scalarOf(ops.size(patches_BDhw, 3));
        Value x_BTD = ops.transpose(ops.reshape(patches_BDhw, 0, width, -1), 0, 2, 1);
        Value count = ops.scalarOf(ops.size(x_BTD, 1));
        Value placed_BTD = switch (positions) {
            case SIN_COS -> ops.add(x_BTD, sinesAndCosines(count, columns));
            case LEARNED -> ops.add(x_BTD, layers.parameter("encoder.local.positions"));
            case NONE, ABSENT -> x_BTD;
        };
        return new TokenValues(placed_BTD, count, columns, null, Compat.NONE);
    }

    /** (T, D): sines and cosines of the column, then of the row. */
    private Value sinesAndCosines(Value count, Value columns) {
        if (width % 4 != 0) {
            throw new UserException("model.width is " + width + "; sine-cosine positions need a multiple of 4");
        }
        float[] frequencies = new float[width / 4];
        for (int i = 0; i < frequencies.length; i++) {
            frequencies[i] = (float) Math.pow(10_000, -i / (double) frequencies.length);
        }
        Value frequencies_1q = ops.graph().floats(new long[] {1, frequencies.length}, frequencies);
        Value places_T = ops.range(count);
        Value column_Tq = angles(ops.mod(places_T, columns), frequencies_1q);
        Value row_Tq = angles(ops.div(places_T, columns), frequencies_1q);
        return ops.concat(
                1, ops.of("Sin", column_Tq), ops.of("Cos", column_Tq), ops.of("Sin", row_Tq), ops.of("Cos", row_Tq));
    }

    private Value angles(Value places_T, Value frequencies_1q) {
        return ops.mul(ops.unsqueeze(ops.floats(places_T), 1), frequencies_1q);
    }
}
