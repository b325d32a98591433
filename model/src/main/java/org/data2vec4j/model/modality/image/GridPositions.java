package org.data2vec4j.model.modality.image;

import org.data2vec4j.model.mask.Grid;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Tensor;

/** Fixed positions on a grid, which nothing learns: {@link SinCosTables}, or what weights from elsewhere came with. */
@FunctionalInterface
public interface GridPositions {
    /** (T, D) one position's features after the other, in row-major order, in the scope open now. */
    Tensor of(Grid grid, Device device);
}
