package org.data2vec4j.model.decoder;

import org.data2vec4j.model.mask.Grid;
import org.data2vec4j.model.mask.MaskBatch;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;

/**
 * The masks of a batch as row numbers on the device. B samples have M clones each: R = B·M rows of T positions, V of them
 * visible and N masked.
 *
 * @param masks the masks
 * @param visibleSource (R·V) rows of the samples' tokens (B·T) that each clone sees
 * @param visible (R·V) rows of the clones' positions (R·T) that are visible
 * @param maskedSource (R·N) rows of the samples' targets (B·T) that are to be predicted
 * @param masked (R·N) rows of the clones' positions (R·T) that are masked
 */
public record MaskedView(MaskBatch masks, Tensor visibleSource, Tensor visible, Tensor maskedSource, Tensor masked) {
    /** The view of these masks on a device. */
    public static MaskedView of(MaskBatch masks, Device device) {
        return new MaskedView(
                masks,
                rows(masks, masks.visibleIndex(), true, device),
                rows(masks, masks.visibleIndex(), false, device),
                rows(masks, masks.maskedIndex(), true, device),
                rows(masks, masks.maskedIndex(), false, device));
    }

    private static Tensor rows(MaskBatch masks, long[] positions, boolean ofSample, Device device) {
        long[] rows = new long[positions.length];
        int perRow = positions.length / masks.rows();
        long size = masks.grid().size();
        for (int i = 0; i < rows.length; i++) {
            int row = i / perRow;
            rows[i] = (ofSample ? row / masks.clones() : row) * size + positions[i];
        }
        return Tensors.of(rows, rows.length).to(device);
    }

    /** The layout of the positions. */
    public Grid grid() {
        return masks.grid();
    }

    /** How many rows there are: samples times clones (R). */
    public int rows() {
        return masks.rows();
    }

    /** What each clone sees of its sample's tokens: (B, T, D) to (R, V, D). */
    public Tensor visibleOf(Tensor tokens_BTD) {
        long width = tokens_BTD.size(2);
        return tokens_BTD.reshape(-1, width).indexSelect(0, visibleSource).view(rows(), masks.visible(), width);
    }

    /** What each clone is to predict: (B, T, D) of samples to (R·N, D). */
    public Tensor maskedOf(Tensor targets_BTD) {
        return targets_BTD.reshape(-1, targets_BTD.size(2)).indexSelect(0, maskedSource);
    }
}
