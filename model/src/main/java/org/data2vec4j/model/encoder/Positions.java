package org.data2vec4j.model.encoder;

import org.data2vec4j.model.nn.Module;
import org.data2vec4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** What tells tokens their place relative to their neighbours, computed from the tokens. Shapes: R rows, T positions, D width. */
public abstract class Positions extends Module {
    /**
     * What is to be added to the tokens.
     *
     * @param x_RTD tokens, 0 where masked
     * @param valid_RT1 0 at padding, which is kept at 0 before every convolution; null if there is none to tell apart
     * @return (R, T, D) in the autocast type
     */
    public abstract Tensor forward(Tensor x_RTD, @Nullable Tensor valid_RT1);
}
