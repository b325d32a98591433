package org.data2vec4j.model.encoder;

import org.data2vec4j.model.mask.Grid;
import org.data2vec4j.model.nn.AttentionBias;
import org.data2vec4j.model.nn.Init;
import org.data2vec4j.model.nn.Parameter;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * ALiBi on a row of positions, computed for the positions that a row shows and no others; extra tokens are at no distance. Shapes: L blocks, R rows, H heads, T
 * positions, V visible.
 */
final class AlibiBias extends PositionBias {
    private final AttentionBiasConfig.Alibi config;
    private final int heads;
    private final @Nullable Parameter scale_L1H11;

    AlibiBias(AttentionBiasConfig.Alibi config, int heads, int blocks) {
        this.config = config;
        this.heads = heads;
        int layers = switch (config.scale()) {
            case PER_LAYER, PER_LAYER_AND_HEAD -> blocks;
            default -> 1;
        };
        int scales = switch (config.scale()) {
            case PER_HEAD, PER_LAYER_AND_HEAD -> heads;
            default -> 1;
        };
        scale_L1H11 = config.scale() == AttentionBiasConfig.Alibi.Scale.FIXED
                ? null
                : parameterWithoutDecay("scale", new Init.Constant(config.initial()), layers, 1, scales, 1, 1);
    }

    @Override
    public AttentionBias whole(Grid grid, int extra, Device device) {
        float[] places = new float[grid.size()];
        for (int t = 0; t < places.length; t++) {
            places[t] = t;
        }
        return over(Tensors.of(places, 1, places.length).to(device), extra);
    }

    @Override
    public AttentionBias visible(MaskIndices view, int extra) {
        return over(view.positions(), extra);
    }

    private AttentionBias over(Tensor places_RV, int extra) {
        Tensor distance_R1VV = places_RV
                .unsqueeze(1)
                .unsqueeze(3)
                .sub(places_RV.unsqueeze(1).unsqueeze(2))
                .abs();
        Tensor slopes_1H11 = Tensors.of(slopes(heads), 1, heads, 1, 1).to(places_RV.device());
        if (scale_L1H11 == null) {
            return AttentionBias.everywhere(withExtra(distance_R1VV.mul(slopes_1H11.mul(-config.initial())), extra));
        }
        Tensor factors_L1H11 = scale_L1H11.value().clampMin(0).mul(slopes_1H11).mul(-1);
        if (factors_L1H11.size(0) == 1) {
            return AttentionBias.everywhere(withExtra(distance_R1VV.mul(factors_L1H11.select(0, 0)), extra));
        }
        return block -> withExtra(distance_R1VV.mul(factors_L1H11.select(0, block)), extra);
    }

    /**
     * The heads' slopes: 2^(−8/H), its square, and so on where H is a power of two; otherwise those of the power below, then every
     * other one of the power above (the ALiBi authors' rule).
     */
    static float[] slopes(int heads) {
        float[] slopes = new float[heads];
        int power = Integer.highestOneBit(heads);
        for (int i = 0; i < heads; i++) {
            boolean below = i < power;
            int exponent = below ? i + 1 : 2 * (i - power) + 1;
            slopes[i] = (float) Math.pow(2, -8.0 * exponent / (below ? power : 2 * power));
        }
        return slopes;
    }
}
