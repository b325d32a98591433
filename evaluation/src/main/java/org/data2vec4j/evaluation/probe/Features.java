package org.data2vec4j.evaluation.probe;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;

/**
 * Frozen features of N samples, D numbers each. The tensor belongs to the {@link org.data2vec4j.tensor.Scope} in which it was made.
 *
 * @param features_ND float32 on the CPU, (N, D)
 * @param labels N classes, −1 if unknown
 * @param ids N sample numbers: indices into the source they were read from
 */
@SuppressWarnings("ArrayRecordComponent") // parallel to the tensor's rows; never compared
public record Features(Tensor features_ND, int[] labels, long[] ids) {
    /** Refuses parts of different lengths. */
    public Features {
        if (features_ND.shape().length != 2 || features_ND.size(0) != labels.length || labels.length != ids.length) {
            throw new IllegalArgumentException("features " + features_ND + " with " + labels.length + " labels and "
                    + ids.length + " ids do not agree");
        }
    }

    /** The number of samples, N. */
    public int size() {
        return labels.length;
    }

    /** The numbers of a sample, D. */
    public int width() {
        return Math.toIntExact(features_ND.size(1));
    }

    /** One more than the largest label; 0 if none is known. */
    public int classes() {
        return Arrays.stream(labels).max().orElse(-1) + 1;
    }

    /** The samples whose class is known, in order; itself if that is all. */
    public Features labelled() {
        int[] rows = IntStream.range(0, size()).filter(i -> labels[i] >= 0).toArray();
        return rows.length == size() ? this : select(rows);
    }

    /** Some samples, copied, in the order given. */
    public Features select(int[] rows) {
        long[] index = Arrays.stream(rows).asLongStream().toArray();
        return new Features(
                features_ND.indexSelect(0, Tensors.of(index, index.length)),
                Arrays.stream(rows).map(row -> labels[row]).toArray(),
                Arrays.stream(rows).mapToLong(row -> ids[row]).toArray());
    }
}
