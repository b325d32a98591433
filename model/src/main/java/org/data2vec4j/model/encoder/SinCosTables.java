package org.data2vec4j.model.encoder;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.data2vec4j.model.mask.Grid;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;

/** {@link SinCosPositions} of one width, each grid's computed once. */
public final class SinCosTables implements GridPositions {
    private final int width;
    private final Map<Grid, float[]> tables = new ConcurrentHashMap<>();

    /** Positions of {@code width} features, a multiple of 4. */
    public SinCosTables(int width) {
        this.width = SinCosPositions.checkWidth("width", width);
    }

    @Override
    public Tensor of(Grid grid, Device device) {
        float[] table = tables.computeIfAbsent(grid, g -> SinCosPositions.table(g, width));
        return Tensors.of(table, grid.size(), width).to(device);
    }
}
