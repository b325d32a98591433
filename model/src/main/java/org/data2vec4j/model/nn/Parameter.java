package org.data2vec4j.model.nn;

import java.util.Arrays;
import org.data2vec4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** A learned tensor of a module: a shape and a way to begin, and a value once {@link Weights} has given it a place. */
public final class Parameter {
    private final long[] shape;
    private final Init init;
    private final boolean decays;
    private @Nullable Tensor value;

    Parameter(Init init, boolean decays, long... shape) {
        this.shape = shape.clone();
        this.init = init;
        this.decays = decays;
    }

    /** Its sizes. */
    public long[] shape() {
        return shape.clone();
    }

    /** How many numbers it holds. */
    public int numel() {
        return Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
    }

    /** Whether weight decay applies: matrices and kernels, not biases, norms, tokens or scales. */
    public boolean decays() {
        return decays;
    }

    /** Its value in float32; a leaf of the recorded graph where it is trained. */
    public Tensor value() {
        if (value == null) {
            throw new IllegalStateException(
                    "this parameter has no place yet: give its module to Weights.allocate first");
        }
        return value;
    }

    /** How it begins. */
    public Init init() {
        return init;
    }

    boolean isPlaced() {
        return value != null;
    }

    void place(Tensor place) {
        value = place;
    }
}
