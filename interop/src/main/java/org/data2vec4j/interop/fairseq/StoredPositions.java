package org.data2vec4j.interop.fairseq;

import org.data2vec4j.image.model.ImageFeatureEncoder;
import org.data2vec4j.interop.pickle.PickleTensor;
import org.data2vec4j.model.encoder.FeatureEncoder;
import org.data2vec4j.model.encoder.GridPositions;
import org.data2vec4j.model.encoder.SinCosTables;
import org.data2vec4j.model.mask.Grid;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensors;

/** The table of positions that a file of an image model may hold, rounded to half precision, where ours are computed. */
public final class StoredPositions {
    private static final String NAME = "modality_encoders.IMAGE.fixed_positional_encoder.positions";

    private StoredPositions() {}

    /** Whether a file holds one. */
    public static boolean areIn(FairseqCheckpoint checkpoint) {
        return checkpoint.config().modality().equals("IMAGE")
                && checkpoint.student().containsKey(NAME);
    }

    /** The feature encoder that a file describes, with the file's own table of positions where it has one. */
    public static FeatureEncoder featureEncoder(FairseqCheckpoint checkpoint) {
        FairseqData2Vec2 config = checkpoint.config();
        PickleTensor values = checkpoint.student().get(NAME);
        if (values == null || !areIn(checkpoint)) {
            return config.featureEncoder();
        }
        int width = config.encoder().width();
        Grid stored = config.image().grid();
        float[] table;
        try (Scope scope = Scope.open()) {
            table = checkpoint.read(values).toFloats();
        }
        GridPositions computed = new SinCosTables(width);
        return new ImageFeatureEncoder(
                config.image(),
                width,
                (grid, device) -> grid.equals(stored)
                        ? Tensors.of(table, grid.size(), width).to(device)
                        : computed.of(grid, device));
    }
}
