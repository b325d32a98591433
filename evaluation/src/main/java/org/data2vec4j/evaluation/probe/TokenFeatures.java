package org.data2vec4j.evaluation.probe;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;

/**
 * Frozen features of every token of N samples, T tokens of D numbers each. Tensors belong to the scope in which they were made.
 *
 * @param tokens_NTD float32 on the CPU, 0 where there is no token
 * @param valid_NT 1 where there is a token, else 0; each sample has one at least
 * @param labels N classes, −1 if unknown
 * @param ids N sample numbers
 */
@SuppressWarnings("ArrayRecordComponent") // parallel to the tensors' rows; never compared
public record TokenFeatures(Tensor tokens_NTD, Tensor valid_NT, int[] labels, long[] ids) {
    /** Refuses parts of different lengths. */
    public TokenFeatures {
        boolean agree = tokens_NTD.shape().length == 3
                && tokens_NTD.size(0) == labels.length
                && ids.length == labels.length
                && Arrays.equals(valid_NT.shape(), new long[] {labels.length, tokens_NTD.size(1)});
        if (!agree) {
            throw new IllegalArgumentException("tokens " + tokens_NTD + " with " + valid_NT + ", " + labels.length
                    + " labels and " + ids.length + " ids do not agree");
        }
    }

    /** One token for each sample: its features. */
    public static TokenFeatures single(Features features) {
        int n = features.size();
        float[] ones = new float[n];
        Arrays.fill(ones, 1);
        return new TokenFeatures(
                features.features_ND().view(n, 1, features.width()),
                Tensors.of(ones, n, 1),
                features.labels(),
                features.ids());
    }

    /** Samples, N. */
    public int size() {
        return labels.length;
    }

    /** Features of a token, D. */
    public int width() {
        return Math.toIntExact(tokens_NTD.size(2));
    }

    /** One more than the largest label. */
    public int classes() {
        return Arrays.stream(labels).max().orElse(-1) + 1;
    }

    /** Some samples, copied, in the order given. */
    public TokenFeatures select(int[] rows) {
        Tensor index = Tensors.of(Arrays.stream(rows).asLongStream().toArray(), rows.length);
        return new TokenFeatures(
                tokens_NTD.indexSelect(0, index),
                valid_NT.indexSelect(0, index),
                Arrays.stream(rows).map(row -> labels[row]).toArray(),
                Arrays.stream(rows).mapToLong(row -> ids[row]).toArray());
    }

    /** The samples whose class is known. */
    public TokenFeatures labelled() {
        int[] rows = IntStream.range(0, size()).filter(i -> labels[i] >= 0).toArray();
        return rows.length == size() ? this : select(rows);
    }
}
