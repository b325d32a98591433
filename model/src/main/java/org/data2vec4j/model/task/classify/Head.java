package org.data2vec4j.model.task.classify;

import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.nn.Module;
import org.data2vec4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** From an encoder's features to one row of outputs for each sample. */
abstract class Head extends Module {
    /**
     * (B, outputs).
     *
     * @param valid_BT1 1 where a position is input, 0 where it is padding; null if there is none
     */
    abstract Tensor forward(Encoder.Output features, @Nullable Tensor valid_BT1);
}
