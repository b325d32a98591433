package org.data2vec4j.evaluation.probe;

import java.util.Arrays;
import org.data2vec4j.core.UserException;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;

/** Features gathered batch by batch in one tensor, allocated at once in the scope open then, so that memory stays flat. */
public final class FeatureBuffer {
    private final Tensor features_ND;
    private final int[] labels;
    private final long[] ids;
    private int count;

    public FeatureBuffer(int capacity, int width) {
        features_ND = Tensors.empty(DType.F32, Device.CPU, capacity, width);
        labels = new int[capacity];
        ids = new long[capacity];
    }

    /** Copies the features (B, D) of B samples with their labels and ids, from any device and type. */
    public void add(int[] labelsOfBatch, long[] idsOfBatch, Tensor features_BD) {
        if (count + idsOfBatch.length > labels.length) {
            throw new IllegalArgumentException("more than the " + labels.length + " samples that were announced");
        }
        Tensor rows_BD = features_ND.narrow(0, count, idsOfBatch.length).copy_(features_BD);
        if (!F.allFinite(rows_BD)) {
            throw new UserException(
                    "the features of images " + idsOfBatch[0] + " to " + idsOfBatch[idsOfBatch.length - 1]
                            + " are not all finite numbers: the encoder's weights are damaged, or its precision is too low");
        }
        System.arraycopy(labelsOfBatch, 0, labels, count, idsOfBatch.length);
        System.arraycopy(idsOfBatch, 0, ids, count, idsOfBatch.length);
        count += idsOfBatch.length;
    }

    public Features features() {
        return new Features(features_ND.narrow(0, 0, count), Arrays.copyOf(labels, count), Arrays.copyOf(ids, count));
    }
}
