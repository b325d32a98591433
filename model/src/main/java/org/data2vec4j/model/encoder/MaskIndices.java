package org.data2vec4j.model.encoder;

import org.data2vec4j.model.mask.Grid;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.mask.MaskBatch;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * The masks of a batch as row numbers on the device. B samples have M clones each: R = B·M rows of T positions; a row shows at
 * most V of them; N are masked in all rows together. Rows that show fewer than V are filled up with entries that attention does
 * not see.
 */
public final class MaskIndices {
    private final MaskBatch masks;
    private final Tensor visibleSource;
    private final Tensor positions;
    private final Tensor visiblePlaces;
    private final @Nullable Tensor kept;
    private final Tensor maskedSource;
    private final Tensor masked;
    private final Tensor positions_RV;
    private final @Nullable Tensor scores_R11V;

    private MaskIndices(MaskBatch masks, VisibleEntries visible, MaskedEntries hidden, Device device) {
        this.masks = masks;
        this.visibleSource = index(visible.source(), device);
        this.positions = index(visible.positions(masks.grid().size()), device);
        this.kept = visible.kept() == null ? null : index(visible.kept(), device);
        this.visiblePlaces = kept == null ? positions : positions.indexSelect(0, kept);
        this.maskedSource = index(hidden.source(), device);
        this.masked = index(hidden.places(), device);
        this.positions_RV =
                Tensors.of(visible.positions(), masks.rows(), visible.width()).to(device);
        this.scores_R11V = visible.scores() == null
                ? null
                : Tensors.of(visible.scores(), masks.rows(), 1, 1, visible.width())
                        .to(device);
    }

    /** The view of these masks on a device, in the scope open now. */
    public static MaskIndices of(MaskBatch masks, Device device) {
        return new MaskIndices(masks, VisibleEntries.of(masks), MaskedEntries.of(masks), device);
    }

    private static Tensor index(long[] rows, Device device) {
        return Tensors.of(rows, rows.length).to(device);
    }

    /** The masks. */
    public MaskBatch masks() {
        return masks;
    }

    /** The layout of the samples. */
    public Layout layout() {
        return masks.layout();
    }

    /** The grid of every row. */
    public Grid grid() {
        return masks.grid();
    }

    /** How many rows there are: samples times clones (R). */
    public int rows() {
        return masks.rows();
    }

    /** (N) rows of the clones' positions (R·T) that are masked. */
    public Tensor masked() {
        return masked;
    }

    /** (R, V) positions on the grid that the rows show, as numbers; 0 in entries that fill up. */
    public Tensor positions() {
        return positions_RV;
    }

    /** (R, 1, 1, V) scores that keep attention from entries that fill up or are padding: 0 or −∞; null if there are none. */
    public @Nullable Tensor scores() {
        return scores_R11V;
    }

    /** What each clone sees of its sample's tokens: (B, T, D) to (R, V, D). */
    public Tensor visibleOf(Tensor tokens_BTD) {
        long width = tokens_BTD.size(2);
        return tokens_BTD.reshape(-1, width).indexSelect(0, visibleSource).view(rows(), -1, width);
    }

    /** What each clone shows of its own positions: (R, T, D) to (R, V, D). */
    public Tensor visibleOfRows(Tensor x_RTD) {
        long width = x_RTD.size(2);
        return x_RTD.reshape(-1, width).indexSelect(0, positions).view(rows(), -1, width);
    }

    /** The rows of entries (R, V, D) that are really visible, (R·V′, D): all of them unless some fill up. */
    public Tensor visibleRows(Tensor x_RVD) {
        Tensor rows = x_RVD.reshape(-1, x_RVD.size(2));
        return kept == null ? rows : rows.indexSelect(0, kept);
    }

    /** The rows of whole rows (R, T, D) that are really visible, (R·V′, D). */
    public Tensor shownRows(Tensor x_RTD) {
        return visibleRows(visibleOfRows(x_RTD));
    }

    /** Visible entries (R, V, D) put back among the rows of {@code places} (R·T, D), whose other rows stay. */
    public Tensor scatter(Tensor visible_RVD, Tensor places) {
        return places.indexCopy(0, visiblePlaces, visibleRows(visible_RVD));
    }

    /** What each clone is to predict: (B, T, D) of samples to (N, D). */
    public Tensor maskedOf(Tensor targets_BTD) {
        return targets_BTD.reshape(-1, targets_BTD.size(2)).indexSelect(0, maskedSource);
    }
}
