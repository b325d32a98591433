package org.data2vec4j.model.modality;

import org.data2vec4j.model.mask.Grid;
import org.data2vec4j.model.nn.AttentionBias;
import org.data2vec4j.model.nn.Module;
import org.data2vec4j.tensor.Device;

/** A bias on attention scores that depends on where two positions are. */
public abstract class PositionBias extends Module {
    /** For rows that show the whole grid: each block's is (1, H, T, T). */
    public abstract AttentionBias whole(Grid grid, Device device);

    /** For the visible positions of each row: each block's is (R, H, V, V). */
    public abstract AttentionBias visible(MaskedView view);
}
