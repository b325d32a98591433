package org.data2vec4j.eval;

import java.util.Arrays;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.image.ImageBatch;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;

/** Features gathered batch by batch in one tensor, allocated at once in the scope open then, so that memory stays flat. */
final class FeatureBuffer {
    private final Tensor features_ND;
    private final int[] labels;
    private final long[] ids;
    private int count;

    FeatureBuffer(int capacity, int width) {
        features_ND = Tensors.empty(DType.F32, Device.CPU, capacity, width);
        labels = new int[capacity];
        ids = new long[capacity];
    }

    /** Copies the features (B, D) of a batch's samples, from any device and type. */
    void add(ImageBatch batch, Tensor features_BD) {
        if (count + batch.size() > labels.length) {
            throw new IllegalArgumentException("more than the " + labels.length + " samples that were announced");
        }
        Tensor rows_BD = features_ND.narrow(0, count, batch.size()).copy_(features_BD);
        if (!F.allFinite(rows_BD)) {
            throw new UserException("the features of images " + batch.ids()[0] + " to " + batch.ids()[batch.size() - 1]
                    + " are not all finite numbers: the encoder's weights are damaged, or its precision is too low");
        }
        System.arraycopy(batch.labels(), 0, labels, count, batch.size());
        System.arraycopy(batch.ids(), 0, ids, count, batch.size());
        count += batch.size();
    }

    Features features() {
        return new Features(features_ND.narrow(0, 0, count), Arrays.copyOf(labels, count), Arrays.copyOf(ids, count));
    }
}
