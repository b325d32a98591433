package org.data2vec4j.evaluation.probe;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.encoder.Padding;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.nn.Block;
import org.data2vec4j.tensor.Autocast;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * Frozen features, layer by layer: the mean over positions of every block's output, pre-net first. Neither padding nor extra tokens
 * have a part in it. Batches are gathered one after the other. Shapes: N samples, B of a batch, T, D.
 */
public final class LayerMeans {
    private final List<List<float[]>> layers = new ArrayList<>();
    private int count;

    /**
     * Adds a batch.
     *
     * @param products element type of products
     * @throws UserException if a feature is not finite
     */
    public void add(Encoder encoder, Input input, DType products) {
        List<float[]> means = Grad.noGrad(() -> Autocast.with(products, () -> means(encoder, input)));
        for (int layer = 0; layer < means.size(); layer++) {
            if (layer == layers.size()) {
                layers.add(new ArrayList<>());
            }
            layers.get(layer).add(means.get(layer));
        }
        count += input.ids().length;
    }

    private static List<float[]> means(Encoder encoder, Input input) {
        Device device = input.source().device();
        Layout layout = encoder.featureEncoder().layout(input);
        Tensor valid_BT1 = Padding.input(layout, device);
        int extra = encoder.config().extraTokens();
        List<float[]> means = new ArrayList<>();
        encoder.forward(input, (layer, block) -> {
            try (Scope scope = Scope.open()) {
                means.add(mean(block, extra, valid_BT1));
            }
        });
        return means;
    }

    private static float[] mean(Block.Output block, int extraTokens, @Nullable Tensor valid_BT1) {
        Tensor x_BTD = Encoder.withoutExtra(block.tokens_BTD(), extraTokens).to(DType.F32);
        Tensor mean_BD = valid_BT1 == null
                ? x_BTD.mean(false, 1)
                : x_BTD.mul(valid_BT1).sum(false, 1).div(valid_BT1.sum(false, 1));
        if (!F.allFinite(mean_BD)) {
            throw new UserException(
                    "the encoder's features are not all finite: its weights are damaged, or its precision"
                            + " is too low");
        }
        return mean_BD.toFloats();
    }

    /** All samples' features by layer, each (N, D), in the scope open now. */
    public List<Features> features(int[] labels, long[] ids) {
        List<Features> all = new ArrayList<>();
        for (List<float[]> parts : layers) {
            int total = parts.stream().mapToInt(part -> part.length).sum();
            float[] values = new float[total];
            int at = 0;
            for (float[] part : parts) {
                System.arraycopy(part, 0, values, at, part.length);
                at += part.length;
            }
            all.add(new Features(Tensors.of(values, count, total / count), labels, ids));
        }
        return all;
    }
}
