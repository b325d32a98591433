package org.data2vec4j.model.encoder;

import org.data2vec4j.model.mask.Grid;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;

/** Fixed positions on a grid, which nothing learns: {@link SinCosTables}, or what weights from elsewhere came with. */
@FunctionalInterface
public interface GridPositions {
    /** None: for encoders that tell places apart by the distance of tokens. */
    GridPositions NONE = (grid, device) -> Tensors.zeros(DType.F32, device, 1, 1);

    /** (T, D), or what broadcasts to it: one position's features after the other, in row-major order, in the scope open now. */
    Tensor of(Grid grid, Device device);
}
