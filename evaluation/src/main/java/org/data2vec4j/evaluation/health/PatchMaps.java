package org.data2vec4j.evaluation.health;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.mask.Grid;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;

/**
 * What an encoder makes of the patches of one picture, row by row.
 *
 * @param height rows of patches
 * @param width columns of patches
 * @param attention how much is taken of each patch in the last block, the mean over heads: by the CLS token, or by all patches where
 *     there is none
 * @param ofCls whether it is the CLS token's
 * @param anchors patches that others are compared with
 * @param similarity for each anchor, the cosine of its final features with each patch's, less the mean over patches
 */
@SuppressWarnings("ArrayRecordComponent") // values for a picture; never compared
public record PatchMaps(
        int height, int width, float[] attention, boolean ofCls, List<Integer> anchors, List<float[]> similarity) {
    /** Copies the lists. */
    public PatchMaps {
        anchors = List.copyOf(anchors);
        similarity = List.copyOf(similarity);
    }

    /** Whether the tokens of a batch are the patches of images: rows of them, and no padding. */
    public static boolean possible(Encoder encoder, Input batch) {
        return batch.lengths() == null
                && encoder.featureEncoder().layout(batch).grid().height() > 1;
    }

    /** Of each picture of a batch; the encoder's training mode is as before afterwards. */
    public static List<PatchMaps> of(Encoder encoder, Input images) {
        boolean training = encoder.training();
        encoder.train(false);
        try (Scope scope = Scope.open()) {
            return Grad.noGrad(() -> maps(encoder, images));
        } finally {
            encoder.train(training);
        }
    }

    private static List<PatchMaps> maps(Encoder encoder, Input images) {
        Grid grid = encoder.featureEncoder().layout(images).grid();
        int extra = encoder.config().extraTokens();
        Tensor heads_BSS = encoder.attention(images).to(DType.F32).mean(false, 1);
        Tensor taken_BS = extra > 0 ? heads_BSS.select(1, extra - 1L) : heads_BSS.mean(false, 1);
        Tensor attention_BT = taken_BS.narrow(1, extra, grid.size()).contiguous();
        Tensor features_BTD = encoder.forward(images).positions().to(DType.F32);
        // What all patches share says nothing of where they differ.
        Tensor unit_BTD = F.normalize(features_BTD.sub(features_BTD.mean(true, 1)));
        Tensor cosine_BTT = unit_BTD.matmul(unit_BTD.transpose(1, 2)).contiguous();
        List<Integer> anchors = anchors(grid);
        List<PatchMaps> maps = new ArrayList<>();
        for (int i = 0; i < images.ids().length; i++) {
            float[] cosine = cosine_BTT.select(0, i).toFloats();
            List<float[]> similarity = new ArrayList<>();
            for (int anchor : anchors) {
                similarity.add(Arrays.copyOfRange(cosine, anchor * grid.size(), (anchor + 1) * grid.size()));
            }
            maps.add(new PatchMaps(
                    grid.height(), grid.width(), attention_BT.select(0, i).toFloats(), extra > 0, anchors, similarity));
        }
        return maps;
    }

    /** The middle, and a patch near the upper left corner. */
    private static List<Integer> anchors(Grid grid) {
        int middle = grid.height() / 2 * grid.width() + grid.width() / 2;
        int corner = grid.height() / 8 * grid.width() + grid.width() / 8;
        return middle == corner ? List.of(middle) : List.of(middle, corner);
    }
}
