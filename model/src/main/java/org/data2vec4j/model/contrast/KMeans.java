package org.data2vec4j.model.contrast;

import java.util.Arrays;
import org.data2vec4j.core.Rng;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;

/**
 * Spherical k-means (Dhillon and Modha, 2001): clusters of directions by their cosines, by Lloyd's iterations from rows drawn at
 * random. A function of the rows and the stream alone; products are on the rows' device. Shapes: N rows, D features, K clusters.
 *
 * <p>Centres whose cosines differ by no more than 1e-5 are equally near, and the first of them is chosen. Targets made of few codes
 * are often equal but for rounding, and so are centres that begin at them: without this rule, a row's cluster would be chosen by
 * rounding, which depends on the processor and on how a batch is shared. What remains is the chance that a difference lies within
 * rounding of 1e-5.
 */
public final class KMeans {
    private static final double TIE = 1e-5;

    private KMeans() {}

    /**
     * The cluster of each row, 0-based.
     *
     * @param x_ND rows of any length but 0
     * @param count K, at least 1; fewer where there are fewer rows
     * @param iterations at most; it ends where no row changes its cluster
     */
    public static long[] labels(Tensor x_ND, int count, int iterations, Rng rng) {
        return Grad.noGrad(() -> {
            try (Scope scope = Scope.open()) {
                Tensor rows_ND = F.normalize(x_ND.detach().to(DType.F32));
                int rows = (int) rows_ND.size(0);
                int clusters = Math.min(count, rows);
                Tensor centres_KD = rows_ND.indexSelect(0, start(rows, clusters, rng, rows_ND.device()));
                long[] labels = nearest(rows_ND, centres_KD);
                for (int i = 0; i < iterations; i++) {
                    centres_KD = centres(rows_ND, labels, centres_KD);
                    long[] moved = nearest(rows_ND, centres_KD);
                    if (Arrays.equals(moved, labels)) {
                        break;
                    }
                    labels = moved;
                }
                return labels;
            }
        });
    }

    private static Tensor start(int rows, int clusters, Rng rng, Device device) {
        long[] chosen = Arrays.stream(rng.permutation(rows))
                .limit(clusters)
                .asLongStream()
                .toArray();
        return Tensors.of(chosen, clusters).to(device);
    }

    private static long[] nearest(Tensor rows_ND, Tensor centres_KD) {
        Tensor cosines_NK = rows_ND.matmul(centres_KD.transpose(0, 1));
        Tensor near_NK = cosines_NK.greaterOrEqual(cosines_NK.topK(1).values().add(-TIE));
        return near_NK.mul(firstIsMost(centres_KD)).topK(1).indices().toLongs();
    }

    /** (K): K, K − 1, …, 1. */
    private static Tensor firstIsMost(Tensor centres_KD) {
        float[] weights = new float[(int) centres_KD.size(0)];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = weights.length - k;
        }
        return Tensors.of(weights, weights.length).to(centres_KD.device());
    }

    /** The directions of the clusters' sums; a cluster without rows stays where it was. */
    private static Tensor centres(Tensor rows_ND, long[] labels, Tensor before_KD) {
        int clusters = (int) before_KD.size(0);
        float[] members = new float[labels.length * clusters];
        float[] empty = new float[clusters];
        Arrays.fill(empty, 1);
        for (int n = 0; n < labels.length; n++) {
            int cluster = (int) labels[n];
            members[cluster * labels.length + n] = 1;
            empty[cluster] = 0;
        }
        Device device = rows_ND.device();
        Tensor sums_KD = Tensors.of(members, clusters, labels.length).to(device).matmul(rows_ND);
        return F.normalize(
                sums_KD.add(before_KD.mul(Tensors.of(empty, clusters, 1).to(device))));
    }
}
