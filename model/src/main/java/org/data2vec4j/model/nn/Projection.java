package org.data2vec4j.model.nn;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Tensor;

/** From some features to others: one linear layer, or several with GELUs between. */
public final class Projection extends Module {
    private final List<Linear> layers;

    /**
     * So many layers, at least one; the hidden ones are {@code ratio} times as wide as the input.
     */
    public Projection(int in, int out, int count, double ratio) {
        List<Linear> made = new ArrayList<>();
        int width = in;
        for (int i = 0; i < count; i++) {
            int next = i == count - 1 ? out : i == 0 ? (int) (in * ratio) : width;
            made.add(Linear.standard(width, next));
            width = next;
        }
        layers = children("layers", made);
    }

    /** (…, in) to (…, out), in the autocast type. */
    public Tensor forward(Tensor x) {
        Tensor y = layers.get(0).forward(x);
        for (Linear layer : layers.subList(1, layers.size())) {
            y = layer.forward(F.gelu(y));
        }
        return y;
    }
}
